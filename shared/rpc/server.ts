import { z } from 'zod';
import { Fault, type Contract, type Handlers, type Member, type Port } from './contract.ts';

const Incoming = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('call'), id: z.number().int(), m: z.string().max(100), input: z.unknown() }),
  z.strictObject({ t: z.literal('subscribe'), id: z.number().int(), m: z.string().max(100) }),
  z.strictObject({ t: z.literal('unsubscribe'), id: z.number().int() }),
]);

/** How often a caller hears that its answer is still being worked on, ms; well within the time a caller waits. */
const BUSY_MS = 10_000;

/** Most subscriptions one Port may hold: a page needs about ten. */
const MAX_SUBSCRIPTIONS = 64;

/** What a session may do; a member that is not allowed answers `forbidden`. */
export type Allow = (member: string) => boolean;

/**
 * Serves a contract on one Port. Inputs are always parsed; a bad one is a `bad-input` fault that names the field.
 * @param report receives bugs: what a handler threw
 * @returns ends all subscriptions of this Port
 */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  port: Port,
  report: (member: string, cause: unknown) => void,
  allow: Allow = () => true,
): () => void {
  const ends = new Map<number, () => void>();
  const fault = (id: number, code: string, message: string) => port.post({ t: 'fault', id, code, message });

  function find(m: string): { member: Member; handler: (argument: never) => unknown } | undefined {
    const [group = '', name = ''] = m.split('.');
    if (!Object.hasOwn(contract, group) || !Object.hasOwn(contract[group]!, name)) return undefined;
    return { member: contract[group]![name]!, handler: handlers[group]![name] as (argument: never) => unknown };
  }

  async function answer(id: number, m: string, raw: unknown) {
    const found = find(m);
    if (!found || found.member.kind !== 'procedure') return fault(id, 'unknown', `There is no procedure ${m}.`);
    if (!allow(m)) return fault(id, 'forbidden', `${m} is not allowed from here.`);
    const input = found.member.input.safeParse(raw);
    if (!input.success) return fault(id, 'bad-input', `${m}: ${z.prettifyError(input.error)}`);
    const busy = setInterval(() => port.post({ t: 'busy', id }), BUSY_MS);
    try {
      port.post({ t: 'result', id, value: await found.handler(input.data as never) });
    } catch (cause) {
      report(m, cause);
      if (cause instanceof Fault) fault(id, cause.code, cause.message);
      else fault(id, 'bug', `${m} failed; the log says why.`);
    } finally {
      clearInterval(busy);
    }
  }

  function subscribe(id: number, m: string) {
    const found = find(m);
    if (!found || found.member.kind !== 'stream') return fault(id, 'unknown', `There is no stream ${m}.`);
    if (!allow(m)) return fault(id, 'forbidden', `${m} is not allowed from here.`);
    if (ends.size >= MAX_SUBSCRIPTIONS || ends.has(id))
      return fault(id, 'too-many', 'Too many subscriptions on one connection.');
    const emit = (value: unknown) => port.post({ t: 'value', id, value });
    ends.set(id, found.handler(emit as never) as () => void);
  }

  const stopListening = port.onMessage((raw) => {
    const message = Incoming.safeParse(raw);
    if (!message.success) return;
    if (message.data.t === 'call') void answer(message.data.id, message.data.m, message.data.input);
    else if (message.data.t === 'subscribe') subscribe(message.data.id, message.data.m);
    else {
      ends.get(message.data.id)?.();
      ends.delete(message.data.id);
    }
  });
  const end = () => {
    stopListening();
    for (const stop of ends.values()) stop();
    ends.clear();
  };
  port.onClose(end);
  return end;
}
