import { carryOutRestore } from './restore-order.ts';
import { restoreBackup } from './backup.ts';
import { ledgerFile, openLedger, type Ledger, type LedgerPorts } from './ledger.ts';

export type Opened = { outcome: 'open'; ledger: Ledger } | { outcome: 'refused'; message: string };

/** Opens the ledger; a damaged one is replaced by its newest good backup only on the owner's word, and kept beside it. */
export function openOrRestore(ports: LedgerPorts, restore: boolean): Opened {
  const ordered = carryOutRestore(ledgerFile(ports.dir, ports.site), ports.clock.now());
  if (ordered?.outcome === 'failed') ports.log.warn({ file: ledgerFile(ports.dir, ports.site) }, ordered.message);
  const opened = openLedger(ports);
  if (opened.outcome === 'open') return opened;
  const backup = opened.outcome === 'damaged' && 'backup' in opened ? opened.backup : undefined;
  if (!backup) return { outcome: 'refused', message: opened.message };
  if (!restore) {
    const offer = `The newest good backup is ${backup.file}; start headless once with --restore to put it in its place.`;
    return { outcome: 'refused', message: `${opened.message} ${offer}` };
  }
  const restored = restoreBackup(ledgerFile(ports.dir, ports.site), backup.file, ports.clock.now());
  if (restored.outcome === 'failed') return { outcome: 'refused', message: restored.message };
  const again = openLedger(ports);
  return again.outcome === 'open' ? again : { outcome: 'refused', message: again.message };
}
