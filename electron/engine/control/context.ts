import type { LoadModel, StepInput } from '#shared/control.ts';
import type { Boost } from './boost.ts';
import type { LocalTime } from './calendar.ts';
import type { Reserve } from './reserve.ts';
import type { ControlState } from './state.ts';
import type { SiteView } from './surplus.ts';

/** Everything one tick's decisions are made from. */
export interface Tick {
  nowMs: number;
  dtS: number;
  input: StepInput;
  state: ControlState;
  view: SiteView;
  reserve: Reserve;
  local: LocalTime;
  order: readonly LoadModel[];
  /** Surplus with what contracted supply adds, signed; undefined: unknown. */
  spendableW: number | undefined;
  /** Of it, what would be lost (not exported) without us. */
  lostW: number;
  boost: Boost | undefined;
  contracted: boolean;
  curtailed: boolean;
  ageLimitMs: number;
}
