import { Fault, type Client, type Contract, type Port } from './contract.ts';

/** Longest wait for an answer, ms. */
const CALL_TIMEOUT_MS = 30_000;

interface Pending {
  value(value: unknown): void;
  fault(fault: Fault): void;
}

/** Calls and subscriptions over one Port; everything pending fails with `closed` when the Port closes. */
export function connect<C extends Contract>(contract: C, port: Port, timeoutMs = CALL_TIMEOUT_MS): Client<C> {
  let lastId = 0;
  let closed = false;
  const pending = new Map<number, Pending>();

  port.onMessage((raw) => {
    const message = raw as { t?: unknown; id?: unknown; value?: unknown; code?: unknown; message?: unknown };
    if (typeof message?.id !== 'number') return;
    const waiting = pending.get(message.id);
    if (!waiting) return;
    if (message.t === 'result' || message.t === 'value') waiting.value(message.value);
    if (message.t === 'fault') waiting.fault(new Fault(String(message.code), String(message.message)));
  });
  port.onClose(() => {
    closed = true;
    for (const waiting of pending.values())
      waiting.fault(new Fault('closed', 'The connection to the engine was lost.'));
    pending.clear();
  });

  const call = (m: string) => (input: unknown) =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new Fault('closed', 'The connection to the engine was lost.'));
      const id = ++lastId;
      const timer = setTimeout(
        () => settle(() => reject(new Fault('timeout', `No answer to ${m} within ${timeoutMs / 1000} s.`))),
        timeoutMs,
      );
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        pending.delete(id);
        finish();
      };
      pending.set(id, {
        value: (value) => settle(() => resolve(value)),
        fault: (fault) => settle(() => reject(fault)),
      });
      port.post({ t: 'call', id, m, input });
    });

  const subscribe = (m: string) => (listener: (value: unknown) => void, onFault?: (fault: Fault) => void) => {
    const id = ++lastId;
    if (closed) {
      onFault?.(new Fault('closed', 'The connection to the engine was lost.'));
      return () => {};
    }
    pending.set(id, { value: listener, fault: (fault) => onFault?.(fault) });
    port.post({ t: 'subscribe', id, m });
    return () => {
      if (pending.delete(id) && !closed) port.post({ t: 'unsubscribe', id });
    };
  };

  const groups = Object.entries(contract).map(([group, members]) => [
    group,
    Object.fromEntries(
      Object.entries(members).map(([name, member]) => {
        const m = `${group}.${name}`;
        return [name, member.kind === 'procedure' ? call(m) : { subscribe: subscribe(m) }];
      }),
    ),
  ]);
  return Object.fromEntries(groups) as Client<C>;
}
