import type { LoadModel } from '#shared/control.ts';
import type { DeviceFault, LoadDevice } from '#shared/device.ts';
import type { Clock } from '#engine/system/clock.ts';
import type { MinerDriver } from './driver.ts';
import type { HealthEvent } from './health.ts';
import { composeModel } from './session-model.ts';

const AGAIN_MS = 30_000;

/** What the load can do, asked of it at first contact and whenever it may have become another. */
export function openAbility(
  device: LoadDevice,
  driver: MinerDriver | undefined,
  clock: Clock,
  say: (event: HealthEvent) => void,
) {
  let model: LoadModel | undefined;
  /** Why it cannot be commanded although it answers. */
  let refusal: DeviceFault | undefined;
  /** To be asked, not before then. */
  let askAtMs: number | undefined = 0;

  return {
    model: () => model,
    refusal: () => refusal,
    /** To be asked anew: it was away, or started anew. */
    forget: () => void (askAtMs = 0),
    async ask(signal: AbortSignal): Promise<void> {
      if (askAtMs === undefined || clock.now() < askAtMs) return;
      const told = await driver?.capabilities(signal);
      if (!told || signal.aborted) return;
      const composed = told.outcome === 'ok' ? composeModel(device, told.value) : told;
      if (composed.outcome === 'ok') {
        model = composed.model;
        refusal = undefined;
        askAtMs = undefined;
        return;
      }
      askAtMs = clock.now() + AGAIN_MS;
      if (refusal?.message !== composed.fault.message)
        say({ id: 'not-commandable', level: 'warn', message: composed.fault.message });
      refusal = composed.fault;
    },
    /** It cannot be asked, its supply is off: the owner's word must do for its levels until it can. */
    assume(): void {
      const composed = model ? undefined : composeModel(device, {});
      if (composed?.outcome === 'ok') model = composed.model;
    },
  };
}

export type Ability = ReturnType<typeof openAbility>;
