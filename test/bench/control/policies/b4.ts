import type { Policy, PolicyContext } from '../policy.ts';
import { shareOut } from './share-out.ts';

const PERIOD_S = 10;
const DELAY_S = 60;

/** Bang-bang: starts at the maximum where the export then covers it, else at the minimum, and keeps that until it stops. */
export function b4({ set }: PolicyContext): Policy {
  const setpoints = new Float64Array(set.loads.length);
  let powerW = 0;
  let since: number | undefined;
  return {
    id: 'B4',
    free: false,
    decide(seen) {
      const { t, importW, exportW } = seen;
      if (t % PERIOD_S !== 0) return setpoints;
      if (importW === undefined || exportW === undefined) {
        since = undefined;
        return setpoints;
      }
      if (powerW === 0 ? exportW >= set.minW : importW > 0) since ??= t;
      else since = undefined;
      if (since !== undefined && t - since >= DELAY_S) {
        powerW = powerW > 0 ? 0 : exportW >= set.maxW ? set.maxW : set.minW;
        since = undefined;
      }
      return shareOut(set, powerW, setpoints);
    },
    reason: () => (powerW > 0 ? 'on' : 'off'),
  };
}
