import { Notification } from 'electron';
import type { EngineNotice } from '#shared/contract/host.ts';
import { isWanted, type NoticeWishes } from '#shared/notices.ts';
import { muteEndMs, type MuteEnd } from './mute.ts';
import { sayMaybe, type Say } from './words.ts';

export interface Notices {
  show(notice: EngineNotice): void;
  mute(until: MuteEnd): void;
  muted(): boolean;
}

export interface NoticePorts {
  pageHasFocus(): boolean;
  open(route?: string): void;
  wishes(): NoticeWishes;
  say(): Say;
}

/** The engine decides when there is something to say; a page with focus says it itself, a mute holds all but critical. */
export function createNotices({ pageHasFocus, open, wishes, say }: NoticePorts): Notices {
  let mutedUntilMs = 0;
  const muted = () => Date.now() < mutedUntilMs;
  return {
    muted,
    mute(until) {
      mutedUntilMs = muteEndMs(until, new Date());
    },
    show(notice) {
      const { id, level, body, name = '', route } = notice;
      const clock = new Date().toTimeString().slice(0, 5);
      if (!isWanted(notice, wishes(), clock)) return;
      if (!Notification.isSupported() || pageHasFocus() || (muted() && level !== 'critical')) return;
      const text = sayMaybe(say(), `notice.${id}`, { name }) ?? body;
      const notification = new Notification({
        title: 'Spillway',
        body: text,
        urgency: level === 'critical' ? 'critical' : 'normal',
      });
      notification.on('click', () => open(route));
      notification.show();
    },
  };
}
