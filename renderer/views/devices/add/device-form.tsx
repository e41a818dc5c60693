import { PlugZap } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Site } from '#shared/site.ts';
import { useDevicesPlace } from '../go.ts';
import { idOf } from '../use-families.ts';
import { ConnectionFields } from './connection-fields.tsx';
import { rolesFor, setupOf, type Chosen, type Device, type Draft } from './draft.ts';
import { TextField } from './form-fields.tsx';
import { LiveTest } from './live-test.tsx';
import { RoleFields } from './role-fields.tsx';
import { useDeviceForm } from './use-device-form.ts';

interface Props {
  chosen: Chosen;
  draft: Draft;
  /** What is edited; undefined: a new one. */
  before: Device | undefined;
  site: Site;
  onLeave(): void;
}

/** One device: what it is, how to reach it, its live test, and its place in the site. */
export function DeviceForm({ chosen, draft: first, before, site, onLeave }: Props) {
  const { t } = useTranslation();
  const { home, go } = useDevicesPlace();
  const { draft, problems, result, busy, change, test, save } = useDeviceForm(first, chosen, before, site);
  const form = useRef<HTMLFormElement>(null);
  const setup = { ...setupOf(chosen, draft.transport) };
  for (const key of Object.keys(draft.setup)) setup[key] ??= '';
  const tested = result?.tried.outcome === 'ok';
  const hasPassword = before !== undefined && 'secret' in before.device.connection;

  const showProblem = () =>
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  async function keep() {
    if (await save()) go(home);
    else showProblem();
  }

  return (
    <form
      ref={form}
      className="card section device-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void (tested ? keep() : test().then(showProblem));
      }}
    >
      <p className="muted">
        <bdi>
          {chosen.kind === 'plant' ? `${chosen.family.vendor}: ${chosen.family.models.join('; ')}` : chosen.family.name}
        </bdi>{' '}
        <span className="badge">
          <bdi dir="ltr">{idOf(chosen)}</bdi>
        </span>
      </p>
      <TextField
        label={t('add.name')}
        value={draft.name}
        problem={problems.name}
        required
        onChange={(name) => change({ name })}
      />
      {chosen.kind === 'plant' && (
        <RoleFields
          offered={rolesFor(chosen.family)}
          roles={draft.roles}
          problem={problems.roles}
          onChange={(roles) => change({ roles })}
        />
      )}
      <ConnectionFields chosen={chosen} draft={draft} problems={problems} change={change} hasPassword={hasPassword} />
      {Object.keys(setup).length > 0 && (
        <fieldset className="fields">
          <legend>{t('add.setup')}</legend>
          {Object.entries(setup).map(([key, meaning]) => (
            <TextField
              key={key}
              label={key}
              value={draft.setup[key] ?? ''}
              hint={<bdi lang="en">{meaning}</bdi>}
              problem={problems[`setup.${key}`]}
              onChange={(value) => change({ setup: { ...draft.setup, [key]: value } })}
            />
          ))}
        </fieldset>
      )}
      {chosen.kind === 'load' && (
        <>
          <TextField
            label={t('add.watts')}
            value={draft.watts}
            type="number"
            unit="W"
            hint={t('add.wattsHint')}
            onChange={(watts) => change({ watts })}
          />
          <p className="muted">
            <bdi lang="en">{chosen.family.advice}</bdi>
          </p>
        </>
      )}
      <TextField
        label={t('add.pollS')}
        value={draft.pollS}
        type="number"
        unit="s"
        problem={problems.pollS}
        onChange={(pollS) => change({ pollS })}
      />
      {result && <LiveTest result={result} />}
      <p className="form-actions">
        <button
          type="submit"
          className={`button${tested ? '' : ' primary'}`}
          disabled={busy !== undefined}
          hidden={tested}
        >
          <PlugZap size={16} aria-hidden />
          {t(busy === 'testing' ? 'test.running' : result ? 'test.again' : 'test.start')}
        </button>
        {(result || before) && (
          <button
            type="button"
            className={`button${tested ? ' primary' : ''}`}
            disabled={busy !== undefined}
            onClick={() => void keep()}
          >
            {t(busy === 'saving' ? 'add.saving' : tested || !result ? 'add.save' : 'add.saveAnyway')}
          </button>
        )}
        {tested && (
          <button type="button" className="button" disabled={busy !== undefined} onClick={() => void test()}>
            {t('test.again')}
          </button>
        )}
        <button type="button" className="button" onClick={onLeave}>
          {t('add.cancel')}
        </button>
      </p>
    </form>
  );
}
