import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Kernel ticks in a second; Linux has shown 100 to programs since 2.6. */
const TICKS_PER_S = 100;

interface Stat {
  parent: number;
  cpuTicks: number;
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), cpuTicks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return undefined;
  }
}

/** The process and all that it started. */
export function familyOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    if (stat) parents.set(Number(name), stat.parent);
  }
  const family = [pid];
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child);
  return family;
}

/** Resident memory of the process and all that it started, MB; pages that several share count in each. */
export function residentMb(pid: number): number {
  const kb = familyOf(pid).map((member) => {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${member}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // Ended meanwhile.
      return 0;
    }
  });
  return kb.reduce((sum, part) => sum + part, 0) / 1024;
}

/** The one process of the family that holds a file with this ending open. */
export function holderOf(pid: number, ending: string): number | undefined {
  return familyOf(pid).find((member) => {
    try {
      return readdirSync(`/proc/${member}/fd`).some((fd) => linkOf(`/proc/${member}/fd/${fd}`).endsWith(ending));
    } catch {
      return false;
    }
  });
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Computing time that a process has used, ms; NaN once it is gone. */
export const cpuMs = (pid: number): number => ((statOf(pid)?.cpuTicks ?? Number.NaN) / TICKS_PER_S) * 1000;

/** Share of one core that a process uses over the next `seconds`, percent. */
export async function cpuPercent(pid: number, seconds: number): Promise<number> {
  const beforeMs = cpuMs(pid);
  const startedMs = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return (100 * (cpuMs(pid) - beforeMs)) / (performance.now() - startedMs);
}
