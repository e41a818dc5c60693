import type { Port } from '#shared/rpc/contract.ts';

/** Two connected Ports that deliver in order on the next microtask, JSON-copied as a wire would. */
export function portPair(): [Port, Port] {
  const ends = [end(), end()] as const;
  ends[0].peer = ends[1];
  ends[1].peer = ends[0];
  return [ends[0].port, ends[1].port];

  function end() {
    const messages = new Set<(message: unknown) => void>();
    const closes = new Set<() => void>();
    let open = true;
    const self = {
      peer: undefined as undefined | { deliver(text: string): void; shut(): void },
      deliver,
      shut,
      port: {} as Port,
    };
    function deliver(text: string) {
      queueMicrotask(() => open && messages.forEach((listener) => listener(JSON.parse(text))));
    }
    function shut() {
      if (!open) return;
      open = false;
      closes.forEach((listener) => listener());
    }
    self.port = {
      post: (message) => open && self.peer?.deliver(JSON.stringify(message)),
      onMessage(listener) {
        messages.add(listener);
        return () => void messages.delete(listener);
      },
      onClose(listener) {
        closes.add(listener);
        return () => void closes.delete(listener);
      },
      close() {
        shut();
        self.peer?.shut();
      },
    };
    return self;
  }
}
