import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { HomeAssistant } from '#shared/home-assistant.ts';
import { hostOf, isAtHome } from '#shared/home-network.ts';
import { useAsk } from '../../../shell/ask.ts';
import { saveSecret } from '../../../shell/shell-port.ts';
import { TextField } from '../../devices/add/form-fields.tsx';
import { Switch } from '../switch.tsx';

/** The broker's password is kept under this name. */
const SECRET = 'home-assistant';

/** Where Home Assistant's broker is, and as whom to come. */
export function BrokerForm({ settings }: { settings: HomeAssistant | undefined }) {
  const { t } = useTranslation();
  const ask = useAsk();
  const [url, setUrl] = useState(settings?.url ?? '');
  const [user, setUser] = useState(settings?.user ?? '');
  const [password, setPassword] = useState('');
  const [prefix, setPrefix] = useState(settings?.prefix ?? 'homeassistant');
  const [isMeant, setMeant] = useState(settings?.beyondHome ?? false);
  const [wrong, setWrong] = useState<string>();
  const address = url.trim();
  const host = hostOf({ transport: 'mqtt', url: address });
  const isFar = URL.canParse(address) && host !== undefined && !isAtHome(host);

  async function save(event: SyntheticEvent) {
    event.preventDefault();
    const hasSecret = password !== '' || settings?.secret !== undefined;
    const wanted = HomeAssistant.safeParse({
      url: address,
      prefix: prefix.trim(),
      ...(user.trim() === '' ? {} : { user: user.trim(), ...(hasSecret ? { secret: SECRET } : {}) }),
      ...(isFar && isMeant ? { beyondHome: true } : {}),
    });
    setWrong(wanted.success ? undefined : String(wanted.error.issues[0]?.path[0]));
    if (!wanted.success) return;
    if (password !== '' && !(await ask((engine) => saveSecret(engine, SECRET, password)))) return;
    if (await ask((engine) => engine.homeAssistant.change({ settings: wanted.data }))) setPassword('');
  }

  return (
    <form className="broker" onSubmit={(event) => void save(event)}>
      <TextField
        label={t('homeAssistant.url')}
        placeholder="mqtt://homeassistant.local:1883"
        value={url}
        problem={wrong === 'url' ? t('homeAssistant.urlProblem') : undefined}
        onChange={setUrl}
      />
      <TextField label={t('add.user')} value={user} onChange={setUser} />
      <TextField
        label={t('add.password')}
        type="password"
        value={password}
        hint={settings?.secret === undefined ? undefined : t('homeAssistant.passwordKept')}
        onChange={setPassword}
      />
      <TextField
        label={t('homeAssistant.prefix')}
        value={prefix}
        problem={wrong === 'prefix' ? t('homeAssistant.prefixProblem') : undefined}
        onChange={setPrefix}
      />
      {isFar && <Switch label={t('homeAssistant.beyondHome')} checked={isMeant} onChange={setMeant} />}
      <button type="submit" className="button">
        {t('books.save')}
      </button>
    </form>
  );
}
