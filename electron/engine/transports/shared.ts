/** What several devices behind one address share: opened by the first, closed after the last. */
export interface Shared<T> {
  acquire(key: string): { value: T; release(): Promise<void> };
}

export function shared<T>(open: (key: string) => T, close: (value: T) => Promise<void> | void): Shared<T> {
  const entries = new Map<string, { value: T; users: number }>();
  return {
    acquire(key) {
      const entry = entries.get(key) ?? { value: open(key), users: 0 };
      entries.set(key, entry);
      entry.users++;
      let released = false;
      return {
        value: entry.value,
        release: async () => {
          if (released) return;
          released = true;
          if (--entry.users > 0) return;
          entries.delete(key);
          await close(entry.value);
        },
      };
    },
  };
}
