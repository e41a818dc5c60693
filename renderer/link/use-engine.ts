import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import type { Client } from '#shared/rpc/contract.ts';
import type { EngineContract } from '#shared/contract/engine.ts';
import type { Link, StreamName, Streams } from './link.ts';

const LinkContext = createContext<Link | undefined>(undefined);
export const LinkProvider = LinkContext.Provider;

function useLink(): Link {
  const link = use(LinkContext);
  if (!link) throw new Error('LinkProvider is missing above this component.');
  return link;
}

export function useConnection() {
  const link = useLink();
  const subscribe = useCallback((listener: () => void) => link.subscribe('connection', listener), [link]);
  return useSyncExternalStore(subscribe, link.connection);
}

/** The latest of a stream with the wall clock of its reception; absent until the first has come. */
export function useReceived<N extends StreamName>(name: N) {
  const link = useLink();
  const subscribe = useCallback((listener: () => void) => link.subscribe(name, listener), [link, name]);
  return useSyncExternalStore(subscribe, () => link.read(name));
}

export const useStream = <N extends StreamName>(name: N): Streams[N] | undefined => useReceived(name)?.value;

/** Calls to the engine; absent while there is none. */
export function useEngine(): Client<EngineContract> | undefined {
  return useConnection().engine;
}
