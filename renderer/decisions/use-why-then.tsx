import type { DecisionMark } from '#shared/ledger.ts';
import { useReasonText } from '../i18n/use-reason-text.ts';
import type { PlotNote } from '../charts/use-describe.tsx';
import { useLoadName } from './use-load-name.ts';
import { heldAt } from './held-at.ts';

/** More loads than this would fill the screen. */
const MOST = 3;

/** Why each load did what it did at an instant, for the cursor of a chart. */
export function useWhyThen(marks: readonly DecisionMark[]): PlotNote {
  const reasonText = useReasonText();
  const nameOf = useLoadName();
  return ({ endMs }) => {
    const held = heldAt(marks, endMs - 1).slice(0, MOST);
    if (held.length === 0) return undefined;
    const lines = held.map(({ loadId, sinceMs, reason }) => {
      const { head, rest } = reasonText(reason, sinceMs);
      return { loadId, name: nameOf(loadId), text: `${head}. ${rest}` };
    });
    return {
      spoken: lines.map(({ name, text }) => `${name}: ${text}`).join(' '),
      body: (
        <ul className="why-then">
          {lines.map(({ loadId, name, text }) => (
            <li key={loadId}>
              <strong>
                <bdi>{name}</bdi>
              </strong>{' '}
              {text}
            </li>
          ))}
        </ul>
      ),
    };
  };
}
