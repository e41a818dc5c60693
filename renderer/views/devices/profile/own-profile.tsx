import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PlantDevice, type Role } from '#shared/device.ts';
import { useEngine } from '../../../link/use-engine.ts';
import { tellFailure } from '../../../shell/ask.ts';
import { freeId } from '../add/draft.ts';
import { SelectField, TextField } from '../add/form-fields.tsx';
import type { LiveTestResult } from '../add/live-test.tsx';
import { BackLink } from '../back-link.tsx';
import { useDevicesPlace } from '../go.ts';
import { KeptProfiles } from './kept-profiles.tsx';
import { ProfileRows } from './profile-rows.tsx';
import { newRow, profileText, rowOf, type ProfileDraft } from './profile-text.ts';
import { TryAndSave } from './try-and-save.tsx';

const ROLE_OF: Partial<Record<string, Role>> = {
  production: 'production',
  grid: 'grid',
  battery: 'battery',
  demand: 'demand',
};

/** A device family of the owner's own: described, checked field by field, tried live, then kept. */
export function OwnProfile() {
  const { t } = useTranslation();
  const engine = useEngine();
  const { to, go } = useDevicesPlace();
  const [name, setName] = useState('');
  const [where, setWhere] = useState({ host: '', port: '502', unit: '1' });
  const [draft, setDraft] = useState<Omit<ProfileDraft, 'id'>>({
    protocol: 'registers',
    table: 'holding',
    words: 'high-first',
    page: '/',
    rows: [newRow('grid')],
  });
  const [problems, setProblems] = useState<string[]>([]);
  const [result, setResult] = useState<LiveTestResult>();
  const [busy, setBusy] = useState(false);
  const registers = draft.protocol === 'registers';
  const text = () => profileText({ ...draft, id: freeId(name, new Set()) });
  const change = (changes: Partial<ProfileDraft>) => {
    setDraft((now) => ({ ...now, ...changes }));
    setResult(undefined);
  };

  function device(): PlantDevice | undefined {
    const roles = draft.rows.flatMap(({ quantity }) => ROLE_OF[quantity] ?? []);
    const connection = registers
      ? { transport: 'modbus-tcp', host: where.host, port: Number(where.port), unit: Number(where.unit) }
      : { transport: 'http', host: where.host, port: Number(where.port) };
    const id = freeId(name, new Set());
    const parsed = PlantDevice.safeParse({
      id,
      name,
      family: id,
      roles: roles.length > 0 ? roles : ['grid'],
      connection,
    });
    if (parsed.success) return parsed.data;
    setProblems(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
    return undefined;
  }

  async function run(work: () => Promise<void>) {
    setBusy(true);
    setProblems([]);
    await work().catch((cause: unknown) => tellFailure(cause instanceof Error ? cause.message : String(cause)));
    setBusy(false);
  }

  const test = () =>
    run(async () => {
      const told = device();
      if (!told || !engine) return;
      const checked = await engine.devices.checkProfile({ text: text() });
      if (checked.outcome === 'refused') return setProblems(checked.problems);
      const tried = await engine.devices.tryProfile({ text: text(), device: told });
      setResult({ tried, roles: told.roles, atMs: Date.now() });
    });

  const save = () =>
    run(async () => {
      const saved = await engine?.devices.saveProfile({ text: text() });
      if (saved?.outcome === 'refused') setProblems(saved.problems);
      if (saved?.outcome === 'ok') go(to({ add: 'plant', family: saved.family, ...where }));
    });

  return (
    <div className="page add">
      <header className="page-head">
        <BackLink to={to({ add: 'plant' })} />
        <h1>{t('profile.title')}</h1>
      </header>
      <form
        className="card section device-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void test();
        }}
      >
        <div className="fields">
          <TextField label={t('add.name')} value={name} required onChange={setName} />
          <SelectField
            label={t('add.transport')}
            value={draft.protocol}
            options={[
              ['registers', t('profile.registers')],
              ['http-json', t('profile.json')],
            ]}
            onChange={(protocol) => {
              change({ protocol });
              setWhere((now) => ({ ...now, port: protocol === 'registers' ? '502' : '80' }));
            }}
          />
          <TextField
            label={t('add.host')}
            value={where.host}
            placeholder="192.168.178.40"
            required
            onChange={(host) => setWhere({ ...where, host })}
          />
          <TextField
            label={t('add.port')}
            value={where.port}
            type="number"
            onChange={(port) => setWhere({ ...where, port })}
          />
          {registers ? (
            <>
              <TextField
                label={t('add.unit')}
                value={where.unit}
                type="number"
                onChange={(unit) => setWhere({ ...where, unit })}
              />
              <SelectField
                label={t('profile.table')}
                value={draft.table}
                options={[
                  ['holding', t('profile.holding')],
                  ['input', t('profile.input')],
                ]}
                onChange={(table) => change({ table })}
              />
              <SelectField
                label={t('profile.words')}
                value={draft.words}
                options={[
                  ['high-first', t('profile.highFirst')],
                  ['low-first', t('profile.lowFirst')],
                ]}
                onChange={(words) => change({ words })}
              />
            </>
          ) : (
            <TextField label={t('profile.page')} value={draft.page} onChange={(page) => change({ page })} />
          )}
        </div>
        <ProfileRows
          draft={{ ...draft, id: '' }}
          problemOf={(row) => problems.find((message) => rowOf(message, draft.rows) === row)}
          change={(rows) => change({ rows })}
        />
        <TryAndSave problems={problems} result={result} busy={busy} onSave={() => void save()} />
      </form>
      <KeptProfiles />
    </div>
  );
}
