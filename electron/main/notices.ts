import { Notification } from 'electron';
import type { EngineNotice } from '#shared/contract/host.ts';
import { muteEndMs, type MuteEnd } from './mute.ts';

export interface Notices {
  show(notice: EngineNotice): void;
  mute(until: MuteEnd): void;
  muted(): boolean;
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
