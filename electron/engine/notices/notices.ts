import { z } from 'zod';
import { isNotice, routeOf } from '#shared/notices.ts';
import type { EngineNotice } from '#shared/contract/host.ts';
import type { EngineEvent, Live } from '#shared/contract/engine.ts';
import type { ReportRow, Today } from '#shared/ledger.ts';
import type { Events } from '#engine/storage/events.ts';
import type { SettingStore } from '#engine/storage/settings.ts';
import type { Tick } from '../loop.ts';
import { dailyConditions } from './daily.ts';
import { conditions, type StorageProblems } from './conditions.ts';
import { resumeIncidents, toldKeys, trackIncidents } from './incidents.ts';

export interface Notices {
  tell(event: EngineEvent): void;
  watch(tick: Tick, today: Today | undefined, live: Live | undefined, storage: StorageProblems): void;
}

export interface NoticePorts {
  events: Events;
  notify(notice: EngineNotice): void;
  /** The owner's name for a load or device; absent: it is gone. */
  nameOf(id: string): string | undefined;
  /** The list of events has a new one. */
  changed(): void;
  /** Keeps what the owner was told over a restart. */
  settings: SettingStore;
  /** The work of a stretch of the ledger. */
  work(fromMs: number, toMs: number): ReportRow['earnings'];
  nowMs: number;
}

const DAY_MS = 86_400_000;
/** A day's work changes slowly. */
const WORK_MS = 10 * 60_000;
/** Where a network is gone all loads fail together; the owner is told of one, and Activity lists them all. */
const TOGETHER_MS = 10 * 60_000;
const KEY = 'told';
const Told = z.object({ incidents: z.array(z.string()), defiant: z.array(z.string()) });
const NOT_FOLLOWING = 'not-following ';

/** Keeps each event in the ledger and tells the owner of those that are more than information. */
export function openNotices({ events, notify, nameOf, changed, settings, work, nowMs }: NoticePorts): Notices {
  let kept = settings.read(KEY, Told) ?? { incidents: [], defiant: [] };
  let incidents = resumeIncidents(kept.incidents, nowMs);
  /** Loads that the owner knows to disobey: the load's own watch and control find it out one after the other. */
  const defiant = new Set(kept.defiant);
  let commandFailedMs = -Infinity;
  let worked: { atMs: number; earnings: ReportRow['earnings'] } = { atMs: -Infinity, earnings: {} };

  function tell(event: EngineEvent) {
    events.add(event);
    changed();
    if (event.id === 'obeys-again') defiant.delete(event.subject ?? '');
    if (event.level === 'info' && !isNotice(event.id)) return;
    if (event.id === 'not-obeying' || event.id === 'not-following') {
      if (defiant.has(event.subject ?? '')) return;
      defiant.add(event.subject ?? '');
    }
    if (event.id === 'command-failed') {
      // A clock that was set back begins no new outage.
      const together = event.atMs - commandFailedMs < TOGETHER_MS;
      commandFailedMs = event.atMs;
      if (together) return;
    }
    const name = event.subject === undefined ? undefined : nameOf(event.subject);
    notify({
      kind: 'notify',
      id: event.id,
      level: event.level,
      body: event.message,
      ...(name === undefined ? {} : { name }),
      ...(isNotice(event.id) ? { route: routeOf(event.id) } : {}),
    });
  }

  function keep() {
    const told = { incidents: toldKeys(incidents), defiant: [...defiant] };
    if (JSON.stringify(told) === JSON.stringify(kept)) return;
    kept = told;
    settings.write(KEY, told);
  }

  return {
    tell,
    watch(tick, today, live, storage) {
      const found = conditions({
        tick,
        proof: today?.proof,
        minedMwh: today?.sum.flows.draw ?? 0,
        unexplainedW: live?.unexplainedW,
        storage,
      });
      const { atMs, settings: control, wish } = tick;
      if (Math.abs(atMs - worked.atMs) >= WORK_MS) worked = { atMs, earnings: work(atMs - DAY_MS, atMs) };
      found.push(
        ...dailyConditions({
          atMs,
          timeZone: control.timeZone,
          mode: wish.mode,
          today: today?.sum,
          work: worked.earnings,
        }),
      );
      const { state, begun } = trackIncidents(incidents, found, atMs);
      for (const key of Object.keys(incidents))
        if (!state[key] && key.startsWith(NOT_FOLLOWING)) defiant.delete(key.slice(NOT_FOLLOWING.length));
      incidents = state;
      for (const { id, level, message, subject } of begun) {
        tell({ atMs: tick.atMs, id, level, message, ...(subject === undefined ? {} : { subject }) });
      }
      keep();
    },
  };
}
