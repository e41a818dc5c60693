import { useEffect, useState } from 'react';
import type { AccessState } from '#shared/contract/access.ts';
import { useEngine } from '../../../link/use-engine.ts';

/** The way in over the network as it is now; absent until told. */
export function useAccess(): AccessState | undefined {
  const engine = useEngine();
  const [state, setState] = useState<AccessState>();
  useEffect(() => engine?.access.state.subscribe(setState), [engine]);
  return state;
}
