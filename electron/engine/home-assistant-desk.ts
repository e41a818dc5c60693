import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { EngineContract } from '#shared/contract/engine.ts';
import type { HomeAssistantState } from '#shared/contract/home-assistant.ts';
import type { Wish } from '#shared/control.ts';
import type { HomeAssistant } from '#shared/home-assistant.ts';
import { cell } from '#shared/rpc/cell.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Site } from '#shared/site.ts';
import { openBridge, type Bridge } from '#engine/home-assistant/bridge.ts';
import type { Order, SteadyMode } from '#engine/home-assistant/orders.ts';
import type { SettingStore } from '#engine/storage/settings.ts';
import type { Log } from '#engine/system/log.ts';
import { beyondHome } from './beyond-home.ts';
import type { Broadcast } from './broadcast.ts';
import { done, type Problems } from './done.ts';
import { paced } from './paced.ts';

const Kept = z.object({
  /** Tells this installation's devices from those of another one at the same broker. */
  mark: z.string(),
  announced: z.record(z.string(), z.record(z.string(), z.string())),
});

export interface HomeAssistantParts {
  site(): Site;
  cells: Broadcast['cells'];
  speed: number;
  settings: SettingStore;
  log: Log;
  secret(name: string): string | undefined;
  setMode(mode: SteadyMode): Promise<Problems>;
  changeWish(change: Partial<Wish>): void;
  changeSite(edit: (site: Site) => Site): Promise<Problems>;
}

export interface HomeAssistantDesk {
  handlers: Handlers<EngineContract>['homeAssistant'];
  /** The site is another: another broker is gone to, or none. */
  siteTaken(): Promise<void>;
  close(): Promise<void>;
}

const KEY = 'home-assistant';
/** Figures go out so often, ms of real time; a change of mode or pause at once. */
const EVERY_MS = 4_900;

/** Keeps Home Assistant told, and takes the few orders it may give. */
export function openHomeAssistantDesk(parts: HomeAssistantParts): HomeAssistantDesk {
  const { cells, settings, log } = parts;
  const state = cell<HomeAssistantState>();
  const due = paced(parts.speed);
  let kept = settings.read(KEY, Kept) ?? { mark: randomBytes(3).toString('hex'), announced: {} };
  let bridge: Bridge | undefined;
  let used: HomeAssistant | undefined;
  let toldWish = '';

  const show = (isNews: boolean) => {
    const status = cells.status.get();
    const live = cells.live.get();
    if (!bridge || !status) return;
    if (!due('state', live?.atMs ?? status.nowMs, EVERY_MS) && !isNews) return;
    const loads = cells.loads.get() ?? [];
    bridge.show({ status, live, today: cells.today.get(), market: cells.market.get(), loads });
  };
  const ends = [
    cells.live.subscribe(() => show(false)),
    cells.status.subscribe(({ wish }) => {
      const now = JSON.stringify(wish);
      const isNews = now !== toldWish;
      toldWish = now;
      if (isNews) show(true);
    }),
  ];

  /** The last order counts; the one under way is not disturbed. A flood costs one change after the other, not more. */
  let waiting: Order | undefined;
  let working = false;
  async function obey(order: Order) {
    waiting = order;
    if (working) return;
    working = true;
    while (waiting) {
      const next: Order = waiting;
      waiting = undefined;
      const problems = await carryOut(next).catch((cause: unknown) => [
        { field: next.kind, message: cause instanceof Error ? cause.message : String(cause) },
      ]);
      for (const { message } of problems) log.warn({ order: next }, message);
    }
    working = false;
  }

  async function carryOut(order: Order): Promise<Problems> {
    const wish = cells.status.get()?.wish;
    if (order.kind === 'mode') return wish?.mode === order.mode ? [] : parts.setMode(order.mode);
    parts.changeWish(order.paused ? { stopped: true } : { stopped: false, pauseUntilMs: undefined });
    return [];
  }

  function open() {
    used = parts.site().homeAssistant;
    if (!used) return state.set({ phase: 'off' });
    const { secret } = used;
    const now = { settings: used };
    state.set({ phase: 'connecting', ...now });
    bridge = openBridge({
      settings: used,
      password: () => (secret === undefined ? undefined : parts.secret(secret)),
      siteId: parts.site().id,
      mark: kept.mark,
      announced: kept.announced,
      keep(announced) {
        if (isDeepStrictEqual(announced, kept.announced)) return;
        kept = { ...kept, announced };
        settings.write(KEY, kept);
      },
      onOrder: (order) => void obey(order),
      onState: (problem) =>
        state.set(problem === undefined ? { phase: 'connected', ...now } : { phase: 'connecting', problem, ...now }),
    });
    show(true);
  }

  const closeBridge = async (gone: boolean) => {
    const closing = bridge;
    bridge = undefined;
    await closing?.close(gone);
  };
  const reopen = async () => {
    const next = parts.site().homeAssistant;
    await closeBridge(next?.url !== used?.url || next?.prefix !== used?.prefix);
    open();
  };

  open();
  return {
    handlers: {
      state: (emit) => state.subscribe(emit),
      async change({ settings: next }) {
        const before = parts.site();
        const { homeAssistant: _, ...rest } = before;
        const edited = next ? { ...rest, homeAssistant: next } : rest;
        const problems = beyondHome(before, edited);
        if (problems.length > 0) return done(problems);
        const isSame = isDeepStrictEqual(before.homeAssistant, next);
        const refused = await parts.changeSite(({ homeAssistant: __, ...now }) =>
          next ? { ...now, homeAssistant: next } : now,
        );
        // Its password may be another.
        if (isSame && refused.length === 0) await reopen();
        return done(refused);
      },
    },
    async siteTaken() {
      if (!isDeepStrictEqual(parts.site().homeAssistant, used)) await reopen();
    },
    async close() {
      for (const end of ends) end();
      await closeBridge(false);
    },
  };
}
