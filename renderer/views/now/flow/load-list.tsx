import { useTranslation } from 'react-i18next';
import { UNKNOWN } from '../../../i18n/formats.ts';
import { isolate } from '../../../i18n/isolate.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useReasonText } from '../../../i18n/use-reason-text.ts';
import { useSiteNow } from '../../../link/site-clock.ts';
import { useStream } from '../../../link/use-engine.ts';
import { Num } from '../../../ui/num.tsx';
import { useShowable } from '../use-live.ts';

/** Every miner with its draw, what was asked of it, and why. */
export function LoadList() {
  const { t } = useTranslation();
  const formats = useFormats();
  const reasonText = useReasonText();
  const nowMs = useSiteNow() ?? 0;
  const loads = useStream('loads');
  const live = useShowable('live');
  return (
    <ul className="load-list">
      {loads?.map(({ health: { id, name } }) => {
        const drawW = live?.snapshot.loads[id]?.draw?.value;
        const decision = live?.decision.loads.find(({ loadId }) => loadId === id);
        const said = decision && reasonText(decision.reason, nowMs);
        return (
          <li key={id}>
            <strong>
              <bdi>{name}</bdi>
            </strong>
            <Num className="load-draw">{drawW === undefined ? UNKNOWN : formats.power(drawW)}</Num>
            {decision && (
              <span className="muted">{t('flow.asked', { p: isolate(formats.power(decision.setpointW)) })}</span>
            )}
            {said && (
              <span className="muted load-reason">
                {said.head}. {said.rest}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
