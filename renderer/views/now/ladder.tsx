import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStepName } from '../../i18n/use-step-name.ts';
import type { Streams } from '../../link/link.ts';
import { useStream } from '../../link/use-engine.ts';
import { Num } from '../../ui/num.tsx';

/** From the surplus to the draw, step by step; the step that decides is marked. */
export function Ladder({ live }: { live: Streams['live'] }) {
  const { t } = useTranslation();
  const loads = useStream('loads');
  return (
    <div className="ladder">
      <h2>{t('ladder.title')}</h2>
      {live.decision.loads.map((decision) => (
        <LoadLadder
          key={decision.loadId}
          name={loads?.find(({ health }) => health.id === decision.loadId)?.health.name ?? decision.loadId}
          decision={decision}
          drawW={live.snapshot.loads[decision.loadId]?.draw?.value}
        />
      ))}
    </div>
  );
}

interface Props {
  name: string;
  decision: Streams['live']['decision']['loads'][number];
  drawW: number | undefined;
}

function LoadLadder({ name, decision, drawW }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const stepName = useStepName();
  return (
    <section>
      <h3>
        <bdi>{name}</bdi>
      </h3>
      {decision.ladder.length === 0 && <p className="muted">{t('ladder.none')}</p>}
      <dl>
        {decision.ladder.map(({ step, powerW, binding }, i) => (
          <div key={`${i} ${step}`} data-binding={binding || undefined}>
            <dt>
              {stepName(step)}
              {binding && <span className="badge info">{t('ladder.binding')}</span>}
            </dt>
            <dd>
              <Num>{formats.power(powerW)}</Num>
            </dd>
          </div>
        ))}
        {drawW !== undefined && (
          <div>
            <dt>{t('ladder.draw')}</dt>
            <dd>
              <Num>{formats.power(drawW)}</Num>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
