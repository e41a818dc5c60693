/** A value that changes and is known from the first `set` on: what a stream handler subscribes to. */
export interface Cell<T> {
  get(): T | undefined;
  set(value: T): void;
  /** Calls at once where there is a value, then on each change. @returns stops */
  subscribe(listener: (value: T) => void): () => void;
}

export function cell<T>(initial?: T): Cell<T> {
  let current = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    get: () => current,
    set(value) {
      current = value;
      for (const listener of listeners) listener(value);
    },
    subscribe(listener) {
      listeners.add(listener);
      if (current !== undefined) listener(current);
      return () => void listeners.delete(listener);
    },
  };
}
