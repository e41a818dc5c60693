import { isNotice, routeOf } from '#shared/notices.ts';
import type { EngineNotice } from '#shared/contract/host.ts';
import type { EngineEvent, Live } from '#shared/contract/engine.ts';
import type { Today } from '#shared/ledger.ts';
import type { Events } from '#engine/storage/events.ts';
import type { Tick } from '../loop.ts';
import { conditions } from './conditions.ts';
import { trackIncidents, type IncidentState } from './incidents.ts';

export interface Notices {
  tell(event: EngineEvent): void;
  watch(tick: Tick, today: Today | undefined, live: Live | undefined, ledgerProblem: string | undefined): void;
}

export interface NoticePorts {
  events: Events;
  notify(notice: EngineNotice): void;
  /** The owner's name for a load or device; absent: it is gone. */
  nameOf(id: string): string | undefined;
  /** The list of events has a new one. */
  changed(): void;
}

const NOT_FOLLOWING = 'not-following ';

/** Keeps each event in the ledger and tells the owner of those that are more than information. */
export function openNotices({ events, notify, nameOf, changed }: NoticePorts): Notices {
  let incidents: IncidentState = {};
  /** Loads that the owner knows to disobey: the load's own watch and control find it out one after the other. */
  const defiant = new Set<string>();

  function tell(event: EngineEvent) {
    events.add(event);
    changed();
    if (event.id === 'obeys-again') defiant.delete(event.subject ?? '');
    if (event.level === 'info' && event.id !== 'boost-ended') return;
    if (event.id === 'not-obeying' || event.id === 'not-following') {
      if (defiant.has(event.subject ?? '')) return;
      defiant.add(event.subject ?? '');
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

  return {
    tell,
    watch(tick, today, live, ledgerProblem) {
      const found = conditions({
        tick,
        proof: today?.proof,
        minedMwh: today?.sum.flows.draw ?? 0,
        unexplainedW: live?.unexplainedW,
        ledgerProblem,
      });
      const { state, begun } = trackIncidents(incidents, found, tick.atMs);
      for (const key of Object.keys(incidents))
        if (!state[key] && key.startsWith(NOT_FOLLOWING)) defiant.delete(key.slice(NOT_FOLLOWING.length));
      incidents = state;
      for (const { id, level, message, subject } of begun) {
        tell({ atMs: tick.atMs, id, level, message, ...(subject === undefined ? {} : { subject }) });
      }
    },
  };
}
