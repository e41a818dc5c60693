import { Notification } from 'electron';
import type { EngineNotice } from '#shared/contract/host.ts';
import type { MuteEnd } from './tray-menu.ts';

const HOUR_MS = 3_600_000;

export interface Notices {
  show(notice: EngineNotice): void;
  mute(until: MuteEnd): void;
  muted(): boolean;
}

/** When a mute that begins now ends. Pure. */
export function muteEndMs(until: MuteEnd, now: Date): number {
  if (until === 'off') return 0;
  if (until === 'hour') return now.getTime() + HOUR_MS;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
}

/** The engine decides when there is something to say; a page with focus says it itself, a mute holds all but critical. */
export function createNotices(pageHasFocus: () => boolean, open: (route?: string) => void): Notices {
  let mutedUntilMs = 0;
  const muted = () => Date.now() < mutedUntilMs;
  return {
    muted,
    mute(until) {
      mutedUntilMs = muteEndMs(until, new Date());
    },
    show({ level, title, body, route }) {
      if (!Notification.isSupported() || pageHasFocus() || (muted() && level !== 'critical')) return;
      const notification = new Notification({ title, body, urgency: level === 'critical' ? 'critical' : 'normal' });
      notification.on('click', () => open(route));
      notification.show();
    },
  };
}
