// What an owner is told of: ids of events and the kinds by which they are switched off. One table for page, shell and engine.

export const noticeKinds = [
  'meter-silent',
  'not-following',
  'too-hot',
  'grid-mined',
  'out-of-balance',
  'not-hashing',
  'boost-ended',
  'unused',
  'mismatch',
  'paid',
  'summary',
  'storage',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What nobody hears of who has not asked for it. */
export const offAtFirst: readonly NoticeKind[] = ['summary'];

/** Events that are worth a notice: the kind they belong to and where they are dealt with. */
const NOTICES = {
  'meter-silent': ['meter-silent', '#/devices'],
  'not-following': ['not-following', '#/devices'],
  'not-obeying': ['not-following', '#/devices'],
  'too-hot': ['too-hot', '#/devices'],
  hot: ['too-hot', '#/devices'],
  'fan-stopped': ['too-hot', '#/devices'],
  'grid-mined': ['grid-mined', '#/now'],
  'out-of-balance': ['out-of-balance', '#/devices'],
  'shares-stopped': ['not-hashing', '#/devices'],
  'restart-loop': ['not-hashing', '#/devices'],
  'pool-dead': ['not-hashing', '#/devices'],
  'boost-ended': ['boost-ended', '#/strategy'],
  unused: ['unused', '#/strategy'],
  mismatch: ['mismatch', '#/earnings'],
  paid: ['paid', '#/earnings'],
  summary: ['summary', '#/history'],
  'command-failed': ['not-following', '#/devices'],
  'not-commandable': ['not-following', '#/devices'],
  'own-profile': ['storage', '#/devices'],
  storage: ['storage', '#/settings'],
  backup: ['storage', '#/settings'],
  export: ['storage', '#/settings'],
  'nobody-in-control': ['storage', '#/history'],
  'engine-bug': ['storage', '#/history'],
} as const satisfies Record<string, readonly [NoticeKind, `#/${string}`]>;
export type NoticeId = keyof typeof NOTICES;

export const isNotice = (id: string): id is NoticeId => Object.hasOwn(NOTICES, id);
export const kindOf = (id: NoticeId): NoticeKind => NOTICES[id][0];
export const routeOf = (id: NoticeId): string => NOTICES[id][1];

/** What the owner of this screen wants to hear of, and when not. */
export interface NoticeWishes {
  off: NoticeKind[];
  /** HH:MM, local time of this computer; `to` before `from` runs past midnight. Absent: never. */
  quiet?: { from: string; to: string } | undefined;
}

/** @param now as HH:MM */
export function isWanted(
  notice: { id: string; level: 'info' | 'warn' | 'critical' },
  { off, quiet }: NoticeWishes,
  now: string,
): boolean {
  if (isNotice(notice.id) && off.includes(kindOf(notice.id))) return false;
  if (quiet === undefined || notice.level === 'critical') return true;
  const { from, to } = quiet;
  const within = from <= to ? now >= from && now < to : now >= from || now < to;
  return !within;
}
