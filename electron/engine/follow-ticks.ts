import type { EngineStatus } from '#shared/contract/host.ts';
import type { Wish } from '#shared/control.ts';
import type { KeptWear } from '#engine/control/wear.ts';
import type { Ledger } from '#engine/storage/ledger.ts';
import type { Clock } from '#engine/system/clock.ts';
import type { Log } from '#engine/system/log.ts';
import { boostEnded } from './boost.ts';
import type { Broadcast } from './broadcast.ts';
import type { Commissioner } from './commissioner.ts';
import type { Loads } from './loads.ts';
import type { Tick } from './loop.ts';
import type { Presence } from './notices/absence.ts';
import type { Notices } from './notices/notices.ts';
import { engineStatus } from './status.ts';

interface TickParts {
  ledger: Ledger;
  broadcast: Broadcast;
  presence: Presence;
  commissioner: Commissioner;
  notices: Notices;
  loads: Loads;
  clock: Clock;
  log: Log;
  changeWish(change: Partial<Wish>): void;
  wear(): KeptWear;
  onStatus(status: EngineStatus): void;
}

/** What comes after the commands of a tick have left: ledger, streams, notices; and what is done when a tick fails. */
export function followTicks(parts: TickParts) {
  const { ledger, broadcast, presence, commissioner, notices, loads, clock, log } = parts;
  return {
    onTick(tick: Tick) {
      const problem = ledger.tick(tick);
      broadcast.tick(tick);
      presence.note(tick.atMs);
      commissioner.watch(tick, broadcast.live()?.unexplainedW);
      const ended = boostEnded(tick.decision);
      if (ended) {
        parts.changeWish({ boost: undefined });
        notices.tell(ended);
      }
      notices.watch(tick, broadcast.today(), broadcast.live(), {
        ledger: problem?.message,
        backup: ledger.backupProblem(),
      });
      if (tick.commands.length > 0) ledger.settings.write('wear', parts.wear());
      if (broadcast.statusDue(tick.atMs)) parts.onStatus(engineStatus(tick.decision, tick.snapshot, tick.wish, true));
    },
    onBug(cause: unknown) {
      log.error({ err: cause }, 'a tick failed; every load is made safe');
      loads.carryOut(
        loads
          .models()
          .map(({ id }) => ({ loadId: id, setpointW: 0, leaseUntilMs: clock.now(), reason: 'tick-gap' as const })),
      );
      notices.tell({
        atMs: clock.now(),
        id: 'engine-bug',
        level: 'critical',
        message: `A decision failed (${cause instanceof Error ? cause.message : String(cause)}); the loads were stopped. Please send the log.`,
      });
    },
  };
}
