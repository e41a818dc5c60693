import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HomeAssistantState } from '#shared/contract/home-assistant.ts';
import { useEngine } from '../../../link/use-engine.ts';
import { useRole } from '../../../link/use-role.ts';
import { useAsk } from '../../../shell/ask.ts';
import { Switch } from '../switch.tsx';
import { BrokerForm } from './broker-form.tsx';

/** The figures in Home Assistant: set up on the computer that runs Spillway. */
export function HomeAssistantSettings() {
  const { t } = useTranslation();
  const engine = useEngine();
  const role = useRole();
  const ask = useAsk();
  const [state, setState] = useState<HomeAssistantState>();
  /** What was just chosen here, whatever the engine still says. */
  const [chosen, setChosen] = useState<boolean>();
  const isLocal = role === 'local';
  useEffect(() => (isLocal ? engine?.homeAssistant.state.subscribe(setState) : undefined), [engine, isLocal]);
  if (!isLocal || !state) return null;
  const { phase, problem, settings } = state;
  const isOn = chosen ?? settings !== undefined;
  const choose = async (wanted: boolean) => {
    setChosen(wanted);
    if (!wanted && settings && !(await ask((asked) => asked.homeAssistant.change({})))) setChosen(undefined);
  };
  return (
    <section className="card section">
      <h2>{t('homeAssistant.title')}</h2>
      <p className="muted">{t('homeAssistant.what')}</p>
      <Switch label={t('homeAssistant.enabled')} checked={isOn} onChange={(wanted) => void choose(wanted)} />
      {phase !== 'off' && (
        <output>
          {t(`homeAssistant.phase.${phase}`)} {problem !== undefined && <bdi lang="en">{problem}</bdi>}
        </output>
      )}
      {isOn && <BrokerForm key={JSON.stringify(settings)} settings={settings} />}
    </section>
  );
}
