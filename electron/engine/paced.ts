/** @returns whether `everyMs` of real time have gone by for the named thing, or time was set back */
export function paced(speed: number) {
  const doneMs = new Map<string, number>();
  return (name: string, atMs: number, everyMs: number): boolean => {
    const before = doneMs.get(name);
    if (before !== undefined && atMs >= before && atMs - before < everyMs * speed) return false;
    doneMs.set(name, atMs);
    return true;
  };
}
