import type { UpdateState } from '#shared/contract/shell.ts';
import { mayInstallNow, nextStep, type UpdateSituation } from './decide.ts';
import type { Updater } from './updater.ts';

export interface UpdateParts {
  /** Absent: this build has no source of updates, and nothing is ever asked. */
  updater: Updater | undefined;
  wanted(): boolean;
  /** What the engine says of its loads now; absent: it says nothing. */
  loads(): { starting: number; running: number } | undefined;
  windowHasFocus(): boolean;
  nowMs(): number;
  /** Every load safe, everything closed; then `install` ends this process. */
  leave(install: () => void): void;
  note(message: string): void;
}

export interface Updates {
  /** Looks at the situation; to be called once a minute. */
  tick(): Promise<void>;
  /** The owner asks for it now. @returns why not */
  installNow(): 'not-ready' | 'load-starting' | undefined;
  /** The owner turned the switch. */
  wantedChanged(): void;
  watch(listener: (state: UpdateState) => void): () => void;
}

export function openUpdates(parts: UpdateParts): Updates {
  const { updater } = parts;
  const startedMs = parts.nowMs();
  const watchers = new Set<(state: UpdateState) => void>();
  let checkedMs: number | undefined;
  let restingSinceMs: number | undefined;
  let isBusy = false;
  let isLeaving = false;
  let state: UpdateState = idle();

  function idle(): UpdateState {
    if (!updater) return { state: 'none' };
    return parts.wanted() ? { state: 'waiting' } : { state: 'off' };
  }
  function set(next: UpdateState) {
    state = next;
    for (const watcher of watchers) watcher(state);
  }
  function situation(): UpdateSituation {
    const loads = parts.loads();
    return {
      nowMs: parts.nowMs(),
      wanted: updater !== undefined && parts.wanted(),
      checkedMs,
      startedMs,
      isReady: state.state === 'ready',
      isEngineKnown: loads !== undefined,
      loadsStarting: loads?.starting ?? 0,
      loadsRunning: loads?.running ?? 0,
      restingSinceMs,
      windowHasFocus: parts.windowHasFocus(),
    };
  }

  async function check() {
    if (!updater) return;
    checkedMs = parts.nowMs();
    try {
      const found = await updater.find();
      if (!found) return set({ state: 'current', checkedMs });
      set({ state: 'downloading', version: found.version });
      await updater.download();
      // The owner may have turned it off meanwhile.
      if (parts.wanted()) set({ state: 'ready', ...found });
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      parts.note(`No update: ${message}`);
      if (parts.wanted()) set({ state: 'failed', message });
    }
  }

  function install() {
    if (!updater || isLeaving) return;
    isLeaving = true;
    parts.leave(() => updater.install());
  }

  return {
    async tick() {
      const loads = parts.loads();
      const rests = loads !== undefined && loads.running === 0 && loads.starting === 0;
      restingSinceMs = rests ? (restingSinceMs ?? parts.nowMs()) : undefined;
      if (isBusy) return;
      const step = nextStep(situation());
      if (step === 'install') install();
      if (step !== 'check') return;
      isBusy = true;
      await check();
      isBusy = false;
    },
    installNow() {
      const answer = mayInstallNow(situation());
      if (answer !== 'yes') return answer;
      install();
      return undefined;
    },
    wantedChanged() {
      updater?.installAtQuit(parts.wanted());
      if (!isBusy || !parts.wanted()) set(idle());
      checkedMs = undefined;
    },
    watch(listener) {
      watchers.add(listener);
      listener(state);
      return () => watchers.delete(listener);
    },
  };
}
