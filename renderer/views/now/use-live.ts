import { useConnection, useStream } from '../../link/use-engine.ts';
import type { StreamName, Streams } from '../../link/link.ts';

/** A stream whose values may be shown: absent once the engine has been gone for long. */
export function useShowable<N extends StreamName>(name: N): Streams[N] | undefined {
  const value = useStream(name);
  return useConnection().blank ? undefined : value;
}
