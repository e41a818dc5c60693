import { Backups } from './backups.tsx';
import { Exports } from './exports.tsx';
import { PastImport } from './past-import.tsx';
import { RetentionForm } from './retention-form.tsx';

/** The ledger as files: out, in, aside, back, and away. */
export function Records() {
  return (
    <>
      <Exports />
      <PastImport />
      <Backups />
      <RetentionForm />
    </>
  );
}
