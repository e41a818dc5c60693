import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { failed, type Failed } from './fault.ts';

/** Names the load in the environment of what we start, so that it is found again after a crash of ours. */
const MARK = 'SPILLWAY_LOAD';

export interface RunOptions {
  directory?: string | undefined;
  /** Real time: programs do not follow --speed. */
  timeoutMs?: number;
}

export type RunResult = { outcome: 'ok'; code: number; output: string } | Failed;

const TIMEOUT_MS = 10_000;
const MAX_OUTPUT = 256 * 1024;

/** Runs a program to its end, without a shell. An exit code other than 0 is no fault. */
export function runProgram(argv: readonly string[], options: RunOptions, signal: AbortSignal): Promise<RunResult> {
  const [program = '', ...args] = argv;
  return new Promise((resolve) => {
    const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
    const child = spawn(program, args, {
      cwd: options.directory,
      shell: false,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: AbortSignal.any([signal, timeout]),
      killSignal: 'SIGKILL',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        if (output.length < MAX_OUTPUT) output += chunk.toString('utf8');
      });
    child.once('error', (error) => resolve(programFault(program, error, timeout.aborted)));
    child.once('close', (code) => resolve({ outcome: 'ok', code: code ?? -1, output }));
  });
}

function programFault(program: string, error: Error, timedOut: boolean): Failed {
  if (timedOut) return failed('timeout', `${program} did not end in time; try it in a terminal`);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT')
    return failed('unsupported', `${program} was not found; write its full path into the site file`);
  if (code === 'EACCES') return failed('refused', `${program} may not be run; allow that in its file permissions`);
  return failed('exception', `${program} could not be run: ${error.message}`);
}

/** A program that keeps running. */
export interface RunningProgram {
  /** Its exit code once it has ended. */
  ended(): number | undefined;
  fault(): Failed | undefined;
  isPaused(): boolean;
  /** Halts it where it is, with all it started, or lets it go on. @returns false where it cannot be halted */
  pause(halt: boolean): boolean;
  /** Asks it to end, and ends it after the grace. */
  stop(graceMs: number): Promise<void>;
  pid: number | undefined;
}

export function startProgram(argv: readonly string[], mark: string, options: RunOptions): RunningProgram {
  const [program = '', ...args] = argv;
  // A process group of its own, so that what it starts ends with it.
  const own = process.platform !== 'win32';
  const child = spawn(program, args, {
    cwd: options.directory,
    shell: false,
    windowsHide: true,
    stdio: 'ignore',
    detached: own,
    env: { ...process.env, [MARK]: mark },
  });
  let code: number | undefined;
  let fault: Failed | undefined;
  let halted = false;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (exit) => {
      code = exit ?? -1;
      resolve();
    });
    child.once('error', (error) => {
      fault = programFault(program, error, false);
      code ??= -1;
      resolve();
    });
  });
  return {
    pid: child.pid,
    ended: () => code,
    fault: () => fault,
    isPaused: () => halted,
    pause(halt) {
      if (!canPause() || code !== undefined || !kill(child, own, halt ? 'SIGSTOP' : 'SIGCONT')) return false;
      halted = halt;
      return true;
    },
    async stop(graceMs) {
      if (code !== undefined) return;
      kill(child, own, 'SIGTERM');
      // One that is halted hears the request only when it goes on.
      if (halted) kill(child, own, 'SIGCONT');
      const grace = setTimeout(() => kill(child, own, 'SIGKILL'), graceMs);
      await gone;
      clearTimeout(grace);
    },
  };
}

/** Windows has no signal that halts a program. */
export const canPause = (): boolean => process.platform !== 'win32';

/** @returns false where it ended between the look and the signal */
function kill(child: ChildProcess, group: boolean, signal: NodeJS.Signals): boolean {
  try {
    return group && child.pid !== undefined ? process.kill(-child.pid, signal) : child.kill(signal);
  } catch {
    return false;
  }
}

/** One that an earlier run of ours started and left behind. Linux alone shows the environment of a process. */
export function findProgram(argv: readonly string[], mark: string): RunningProgram | undefined {
  if (process.platform !== 'linux') return undefined;
  const commandLine = `${argv.join('\0')}\0`;
  const pid = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((candidate) => {
      try {
        if (readFileSync(`/proc/${candidate}/cmdline`, 'utf8') !== commandLine) return false;
        return readFileSync(`/proc/${candidate}/environ`, 'utf8').split('\0').includes(`${MARK}=${mark}`);
      } catch {
        // Not ours to read, or gone meanwhile.
        return false;
      }
    });
  return pid === undefined ? undefined : adopted(pid);
}

const LOOK_AGAIN_MS = 50;

/** The state letter follows the name in brackets (proc(5)); T is halted by a signal. */
function isHalted(pid: number): boolean {
  try {
    return /^.*\) T/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function adopted(pid: number): RunningProgram {
  const signal = (name: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(name === 0 ? pid : -pid, name);
    } catch {
      return false;
    }
  };
  const goneWithin = async (ms: number) => {
    for (const endMs = performance.now() + ms; performance.now() < endMs;) {
      if (!signal(0)) return true;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
    return !signal(0);
  };
  return {
    pid,
    ended: () => (signal(0) ? undefined : -1),
    fault: () => undefined,
    isPaused: () => isHalted(pid),
    pause: (halt) => signal(halt ? 'SIGSTOP' : 'SIGCONT'),
    async stop(graceMs) {
      const halted = isHalted(pid);
      const asked = signal('SIGTERM');
      if (halted) signal('SIGCONT');
      if (!asked || (await goneWithin(graceMs))) return;
      signal('SIGKILL');
      await goneWithin(graceMs);
    },
  };
}
