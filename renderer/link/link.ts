import type { z } from 'zod';
import type { EngineContract } from '#shared/contract/engine.ts';
import { connect } from '#shared/rpc/client.ts';
import type { Client, Port } from '#shared/rpc/contract.ts';

/** A calm screen: no figure changes more often than this, ms. */
const PACE_MS = 950;
/** After the engine is lost, values are shown as old for so long, then as unknown, ms. */
const BLANK_AFTER_MS = 15_000;

type Engine = Client<EngineContract>;
export interface Streams {
  status: z.output<EngineContract['site']['status']['schema']>;
  live: z.output<EngineContract['control']['live']['schema']>;
  health: z.output<EngineContract['devices']['health']['schema']>;
  loads: z.output<EngineContract['devices']['loads']['schema']>;
  today: z.output<EngineContract['ledger']['today']['schema']>;
  market: z.output<EngineContract['market']['view']['schema']>;
  search: z.output<EngineContract['devices']['search']['schema']>;
  commissioning: z.output<EngineContract['site']['commissioning']['schema']>;
  signCheck: z.output<EngineContract['site']['signCheck']['schema']>;
  events: z.output<EngineContract['events']['recent']['schema']>;
}
export type StreamName = keyof Streams;

export interface Connection {
  phase: 'connecting' | 'live' | 'lost';
  /** When the phase began, wall clock. */
  sinceMs: number;
  /** Lost for so long that no value may be shown any more. */
  blank: boolean;
  engine?: Engine;
}
export interface Received<T> {
  value: T;
  /** Wall clock at reception. */
  receivedMs: number;
}

const subscriptions = (engine: Engine) =>
  ({
    status: engine.site.status,
    live: engine.control.live,
    health: engine.devices.health,
    loads: engine.devices.loads,
    today: engine.ledger.today,
    market: engine.market.view,
    search: engine.devices.search,
    commissioning: engine.site.commissioning,
    signCheck: engine.site.signCheck,
    events: engine.events.recent,
  }) satisfies { [N in StreamName]: { subscribe(listener: (value: Streams[N]) => void): () => void } };

/** Holds the latest of every stream and tells React about it at a calm pace, never while the page is hidden. */
export function createLink() {
  const latest = new Map<StreamName, Received<unknown>>();
  const shown = new Map<StreamName, Received<unknown>>();
  const listeners = new Map<string, Set<() => void>>();
  const timers = new Map<StreamName, ReturnType<typeof setTimeout>>();
  let connection: Connection = { phase: 'connecting', sinceMs: Date.now(), blank: false };
  let blankTimer: ReturnType<typeof setTimeout> | undefined;
  let current: Port | undefined;

  const tell = (topic: string) => listeners.get(topic)?.forEach((listener) => listener());
  const move = (next: Connection) => {
    connection = next;
    tell('connection');
  };

  function show(name: StreamName) {
    timers.delete(name);
    const value = latest.get(name);
    if (!value || value === shown.get(name) || document.hidden) return;
    shown.set(name, value);
    tell(name);
  }

  function receive(name: StreamName, value: unknown) {
    const receivedMs = Date.now();
    latest.set(name, { value, receivedMs });
    if (timers.has(name)) return;
    const wait = PACE_MS - (receivedMs - (shown.get(name)?.receivedMs ?? 0));
    if (wait <= 0) show(name);
    else timers.set(name, setTimeout(show, wait, name));
  }

  document.addEventListener('visibilitychange', () => {
    for (const name of latest.keys()) show(name);
  });

  return {
    attach(port: Port) {
      clearTimeout(blankTimer);
      // A second Port replaces the first: the engine was restarted.
      const previous = current;
      current = port;
      previous?.close();
      const engine = connect<EngineContract>(port);
      port.onClose(() => {
        if (current !== port) return;
        current = undefined;
        move({ phase: 'lost', sinceMs: Date.now(), blank: false });
        blankTimer = setTimeout(() => move({ ...connection, blank: true }), BLANK_AFTER_MS);
      });
      move({ phase: 'live', sinceMs: Date.now(), blank: false, engine });
      for (const [name, member] of Object.entries(subscriptions(engine))) {
        member.subscribe((value: unknown) => {
          if (current === port) receive(name as StreamName, value);
        });
      }
    },
    subscribe(topic: StreamName | 'connection', listener: () => void) {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set.add(listener));
      return () => set.delete(listener);
    },
    connection: () => connection,
    read: <N extends StreamName>(name: N) => shown.get(name) as Received<Streams[N]> | undefined,
  };
}
export type Link = ReturnType<typeof createLink>;
