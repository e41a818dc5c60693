import { Exports } from './exports.tsx';
import { PastImport } from './past-import.tsx';

/** The ledger as files: out and in. */
export function Records() {
  return (
    <>
      <Exports />
      <PastImport />
    </>
  );
}
