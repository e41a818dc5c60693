import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { backupsOf, restoreBackup, type RestoreOutcome } from './backup.ts';

/** A backup that the owner wants in the place of the ledger; carried out at the next start, before the ledger is opened. */
const orderFile = (file: string): string => `${file}.restore`;

export function orderRestore(file: string, name: string): boolean {
  const backup = backupsOf(file).find((each) => basename(each.file) === name);
  if (backup) writeFileSync(orderFile(file), name);
  return backup !== undefined;
}

export const cancelRestore = (file: string): void => rmSync(orderFile(file), { force: true });

/** @returns the name of the backup that waits to be restored */
export const orderedRestore = (file: string): string | undefined =>
  existsSync(orderFile(file)) ? readFileSync(orderFile(file), 'utf8') : undefined;

/** Carries out what was ordered, once: a backup that cannot be restored is not tried again. */
export function carryOutRestore(file: string, nowMs: number): RestoreOutcome | undefined {
  const name = orderedRestore(file);
  if (name === undefined) return undefined;
  cancelRestore(file);
  return restoreBackup(file, join(dirname(file), 'backups', basename(name)), nowMs);
}
