import { useTranslation } from 'react-i18next';
import { SelectField, TextField } from './form-fields.tsx';
import { hostBeyondHome, transportsOf, type Chosen, type Draft, type Problems } from './draft.ts';

interface Props {
  chosen: Chosen;
  draft: Draft;
  problems: Problems;
  change(changes: Partial<Draft>): void;
  /** The device has a password already, which the form never sees. */
  hasPassword: boolean;
}

const FIELDS: Record<Draft['transport'], readonly ('host' | 'port' | 'unit' | 'path' | 'url' | 'topic' | 'group')[]> = {
  'modbus-tcp': ['host', 'port', 'unit'],
  'modbus-rtu-tcp': ['host', 'port', 'unit'],
  'modbus-rtu': ['path', 'unit'],
  http: ['host', 'port'],
  tcp: ['host', 'port'],
  udp: ['host', 'port'],
  multicast: ['group', 'port'],
  serial: ['path'],
  mqtt: ['url', 'topic'],
};
const NUMBERS = new Set(['port', 'unit']);
const PLACEHOLDERS: Partial<Record<string, string>> = {
  host: '192.168.178.40',
  path: '/dev/ttyUSB0',
  url: 'mqtt://192.168.178.2:1883',
  topic: 'tele/meter/SENSOR',
};
const PARITIES = ['none', 'even', 'odd'] as const;

/** How to reach the device, by its wire. */
export function ConnectionFields({ chosen, draft, problems, change, hasPassword }: Props) {
  const { t } = useTranslation();
  const { transport } = draft;
  const wires = transportsOf(chosen) as Draft['transport'][];
  const factoryLogin = chosen.kind === 'load' && !hasPassword ? chosen.family.factoryLogin : undefined;
  const wire = transport === 'modbus-rtu' || transport === 'serial';
  const logsIn = transport === 'http' || transport === 'mqtt' || transport === 'tcp';
  return (
    <fieldset className="fields">
      <legend>{t('add.connection')}</legend>
      {wires.length > 1 && (
        <SelectField
          label={t('add.transport')}
          value={transport}
          options={wires.map((each) => [each, t(`transport.${each}`)] as const)}
          onChange={(next) => change({ transport: next })}
        />
      )}
      {FIELDS[transport].map((field) => (
        <TextField
          key={field}
          label={t(`add.${field}`)}
          value={draft[field]}
          type={NUMBERS.has(field) ? 'number' : 'text'}
          placeholder={PLACEHOLDERS[field]}
          problem={problems[field]}
          required
          onChange={(value) => change({ [field]: value })}
        />
      ))}
      {hostBeyondHome(draft) && (
        <label className="check">
          <input
            type="checkbox"
            checked={draft.beyondHome}
            onChange={(event) => change({ beyondHome: event.target.checked })}
          />
          <span>{t('add.beyondHome')}</span>
        </label>
      )}
      {wire && (
        <TextField
          label={t('add.baudRate')}
          value={draft.baudRate}
          type="number"
          unit="Bd"
          problem={problems.baudRate}
          onChange={(baudRate) => change({ baudRate })}
        />
      )}
      {transport === 'modbus-rtu' && (
        <SelectField
          label={t('add.parity')}
          value={draft.parity}
          options={PARITIES.map((each) => [each, t(`parity.${each}`)] as const)}
          onChange={(parity) => change({ parity })}
        />
      )}
      {logsIn && (
        <>
          <TextField
            label={t('add.user')}
            value={draft.user}
            hint={t('add.userHint')}
            onChange={(user) => change({ user })}
          />
          <TextField
            label={t('add.password')}
            value={draft.password}
            type="password"
            placeholder={hasPassword ? '••••••••' : undefined}
            hint={t(hasPassword ? 'add.passwordKept' : 'add.passwordHint')}
            onChange={(password) => change({ password })}
          />
          {factoryLogin && (
            <button type="button" className="button small" onClick={() => change(factoryLogin)}>
              {t('add.factoryLogin')}
            </button>
          )}
        </>
      )}
      {transport === 'http' && (
        <label className="check">
          <input type="checkbox" checked={draft.tls} onChange={(event) => change({ tls: event.target.checked })} />
          <span>{t('add.tls')}</span>
        </label>
      )}
    </fieldset>
  );
}
