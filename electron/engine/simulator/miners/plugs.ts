import type { HttpAnswer, HttpAsked } from './faces.ts';

/** A relay with an off-timer that a new “on” begins anew. */
export interface Relay {
  on(): boolean;
  set(on: boolean, offAfterS?: number): void;
  offInS(): number | undefined;
}

/** What a relay switches: its own contact, or the load behind it. */
export interface Contact {
  on(): boolean;
  set(on: boolean): void;
}

function ownContact(): Contact {
  let on = false;
  return { on: () => on, set: (to) => void (on = to) };
}

export function relay(nowMs: () => number, contact = ownContact()): Relay {
  let offAtMs = Infinity;
  const now = () => {
    if (nowMs() >= offAtMs) {
      contact.set(false);
      offAtMs = Infinity;
    }
    return contact.on();
  };
  return {
    on: now,
    set(to, offAfterS) {
      contact.set(to);
      offAtMs = to && offAfterS !== undefined ? nowMs() + offAfterS * 1000 : Infinity;
    },
    offInS: () => (now() && offAtMs < Infinity ? (offAtMs - nowMs()) / 1000 : undefined),
  };
}

type Answer = (asked: HttpAsked) => HttpAnswer;
const queryOf = (path: string) => new URL(path, 'http://plug').searchParams;
const seconds = (text: string | null) => (text === null ? undefined : Number(text));

export function shellyGen1(by: Relay, drawW: () => number): Answer {
  return ({ path }) => {
    const query = queryOf(path);
    if (path.startsWith('/relay/0')) by.set(query.get('turn') === 'on', seconds(query.get('timer')));
    return { body: { relays: [{ ison: by.on() }], meters: [{ power: by.on() ? drawW() : 0 }], mac: '020000000001' } };
  };
}

export function shellyGen2(by: Relay, drawW: () => number): Answer {
  return ({ path }) => {
    const query = queryOf(path);
    if (path.startsWith('/rpc/Switch.Set?')) by.set(query.get('on') === 'true', seconds(query.get('toggle_after')));
    else if (!path.startsWith('/rpc/Switch.GetStatus?')) return { status: 404 };
    return { body: { id: 0, output: by.on(), apower: by.on() ? drawW() : 0 } };
  };
}

export function tasmota(by: Relay, drawW: () => number): Answer {
  let pulse = 0;
  return ({ path }) => {
    const command = queryOf(path).get('cmnd') ?? '';
    for (const part of command.replace(/^Backlog /, '').split('; ')) {
      const [name = '', value = ''] = part.split(' ');
      if (name === 'PulseTime1') pulse = Number(value);
      if (name === 'Power1') by.set(value === 'ON', pulse > 111 ? pulse - 100 : undefined);
    }
    if (command !== 'Status 0') return { body: { POWER: by.on() ? 'ON' : 'OFF' } };
    return {
      body: {
        StatusSTS: { POWER: by.on() ? 'ON' : 'OFF' },
        StatusSNS: { ENERGY: { Power: by.on() ? drawW() : 0 } },
        StatusFWR: { Version: 'simulated' },
      },
    };
  };
}
