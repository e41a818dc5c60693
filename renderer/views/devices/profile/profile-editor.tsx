import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../../link/use-engine.ts';
import { tellFailure } from '../../../shell/ask.ts';
import { TextField } from '../add/form-fields.tsx';
import type { LiveTestResult } from '../add/live-test.tsx';
import { deviceFor, kindOf, type Where } from './profile-device.ts';
import { TryAndSave } from './try-and-save.tsx';

interface Props {
  text: string;
  onText(text: string): void;
  onSaved(family: string, where: Where): void;
}

/** A profile as text: checked field by field, tried with a device, then kept. */
export function ProfileEditor({ text, onText, onSaved }: Props) {
  const { t } = useTranslation();
  const engine = useEngine();
  const kind = kindOf(text);
  const [where, setWhere] = useState<Where>({ host: '', port: '', unit: '1', url: 'mqtt://', topic: '' });
  const [problems, setProblems] = useState<string[]>([]);
  const [result, setResult] = useState<LiveTestResult>();
  const [busy, setBusy] = useState(false);
  const fields = kind === 'mqtt' ? (['url', 'topic'] as const) : (['host', 'port'] as const);
  const shown = kind === 'registers' ? ([...fields, 'unit'] as const) : fields;

  async function run(work: () => Promise<void>) {
    setBusy(true);
    setProblems([]);
    await work().catch((cause: unknown) => tellFailure(cause instanceof Error ? cause.message : String(cause)));
    setBusy(false);
  }
  const test = () =>
    run(async () => {
      if (!engine) return;
      const checked = await engine.devices.checkProfile({ text });
      if (checked.outcome === 'refused') return setProblems(checked.problems);
      const made = deviceFor(text, checked.family, where);
      if (made.outcome === 'refused') return setProblems(made.problems);
      const tried = await engine.devices.tryProfile({ text, device: made.device });
      setResult({ tried, roles: made.device.roles, atMs: Date.now() });
    });
  const save = () =>
    run(async () => {
      const saved = await engine?.devices.saveProfile({ text });
      if (saved?.outcome === 'refused') setProblems(saved.problems);
      if (saved?.outcome === 'ok') onSaved(saved.family, where);
    });

  return (
    <form
      className="section-part"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void test();
      }}
    >
      <label className="field">
        <span>{t('profile.text')}</span>
        <textarea
          dir="ltr"
          rows={14}
          spellCheck={false}
          value={text}
          onChange={(event) => {
            onText(event.target.value);
            setResult(undefined);
          }}
        />
      </label>
      <p className="field-effect">{t('profile.tryFirst')}</p>
      <div className="fields">
        {shown.map((field) => (
          <TextField
            key={field}
            label={t(`add.${field}`)}
            value={where[field]}
            type={field === 'port' || field === 'unit' ? 'number' : 'text'}
            onChange={(value) => {
              setWhere((now) => ({ ...now, [field]: value }));
              setResult(undefined);
            }}
          />
        ))}
      </div>
      <TryAndSave problems={problems} result={result} busy={busy} onSave={() => void save()} />
    </form>
  );
}
