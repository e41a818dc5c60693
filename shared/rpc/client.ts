import { Fault, type Client, type Contract, type Port } from './contract.ts';

/** Longest wait for an answer, or for word that it is being worked on, ms. */
const CALL_TIMEOUT_MS = 30_000;

interface Pending {
  value(value: unknown): void;
  fault(fault: Fault): void;
  busy?(): void;
}

/**
 * Calls and subscriptions over one Port; everything pending fails with `closed` when the Port closes. Only the contract's type is needed: the far side checks what is asked, so a page need not load the schemas.
 */
export function connect<C extends Contract>(port: Port, timeoutMs = CALL_TIMEOUT_MS): Client<C> {
  let lastId = 0;
  let closed = false;
  const pending = new Map<number, Pending>();

  port.onMessage((raw) => {
    const message = raw as { t?: unknown; id?: unknown; value?: unknown; code?: unknown; message?: unknown };
    if (typeof message?.id !== 'number') return;
    const waiting = pending.get(message.id);
    if (!waiting) return;
    if (message.t === 'result' || message.t === 'value') waiting.value(message.value);
    if (message.t === 'busy') waiting.busy?.();
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
      const expire = () =>
        settle(() => reject(new Fault('timeout', `No answer to ${m} within ${timeoutMs / 1000} s.`)));
      let timer = setTimeout(expire, timeoutMs);
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        pending.delete(id);
        finish();
      };
      pending.set(id, {
        value: (value) => settle(() => resolve(value)),
        fault: (fault) => settle(() => reject(fault)),
        busy() {
          clearTimeout(timer);
          timer = setTimeout(expire, timeoutMs);
        },
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

  const member = (m: string) => Object.assign(call(m), { subscribe: subscribe(m) });
  return named((group) => named((name) => member(`${group}.${name}`))) as Client<C>;
}

/** An object that makes each of its properties when it is first asked for. */
function named(make: (name: string) => unknown): object {
  const made = new Map<string, unknown>();
  return new Proxy(
    {},
    {
      get(_, name) {
        // A promise that is resolved with it asks whether it is one, too.
        if (typeof name !== 'string' || name === 'then') return undefined;
        if (!made.has(name)) made.set(name, make(name));
        return made.get(name);
      },
    },
  );
}
