import type { Tick } from '../loop.ts';
import type { Proof } from '#shared/ledger.ts';
import type { Condition } from './incidents.ts';

const kwh = (mwh: number) => `${(mwh / 1e6).toFixed(2)} kWh`;
const watts = (powerW: number) => `${Math.round(powerW)} W`;

export interface NoticeInput {
  tick: Tick;
  proof: Proof | undefined;
  /** Mined today, mWh. */
  minedMwh: number;
  unexplainedW: number | undefined;
  storage: StorageProblems;
}

/** What keeps the ledger from being written, or its copy from being made. */
export interface StorageProblems {
  ledger: string | undefined;
  backup: string | undefined;
}

/** What an owner must hear of, by the ids and limits of the experience page (notifications). */
export function conditions({ tick, proof, minedMwh, unexplainedW, storage }: NoticeInput): Condition[] {
  const found: Condition[] = [];
  const names = new Map(tick.loads.map((load) => [load.id, load.name]));
  for (const { loadId, reason } of tick.decision.loads) {
    const name = names.get(loadId) ?? loadId;
    if (reason.id === 'meter-stale') {
      found.push({
        id: 'meter-silent',
        level: 'warn',
        afterMs: 60_000,
        message: `The ${reason.subject ?? 'grid meter'} is silent; nothing is mined without it. Check its power and network.`,
      });
    }
    if (reason.id === 'not-obeying') {
      found.push({
        id: 'not-following',
        subject: loadId,
        level: 'warn',
        afterMs: 0,
        message: `${name} does not follow: its draw stays off what was asked. Look at it in Devices, or switch it off at its plug.`,
      });
    }
    if (reason.id === 'too-hot') {
      const at = reason.temperatureC === undefined ? '' : ` at ${Math.round(reason.temperatureC)} °C`;
      found.push({
        id: 'too-hot',
        subject: loadId,
        level: 'critical',
        afterMs: 0,
        message: `${name} is too hot${at} and was stopped. Check its fans and its air.`,
      });
    }
  }
  if (proof?.look === 'breach') {
    found.push({
      id: 'grid-mined',
      level: 'warn',
      afterMs: 0,
      message: `${kwh(proof.gridFed)} of grid energy was mined today, of ${kwh(minedMwh)} mined. Earnings lists the slots.`,
    });
  }
  if (unexplainedW !== undefined && tick.snapshot.production) {
    const largest = Math.max(tick.snapshot.production.value, tick.snapshot.import?.value ?? 0);
    if (Math.abs(unexplainedW) > Math.max(100, largest * 0.05)) {
      found.push({
        id: 'out-of-balance',
        level: 'warn',
        afterMs: 15 * 60_000,
        message: `${watts(Math.abs(unexplainedW))} are unexplained: the readings do not add up. Check the directions in Devices.`,
      });
    }
  }
  if (storage.ledger !== undefined) found.push({ id: 'storage', level: 'warn', afterMs: 0, message: storage.ledger });
  if (storage.backup !== undefined) found.push({ id: 'backup', level: 'warn', afterMs: 0, message: storage.backup });
  return found;
}
