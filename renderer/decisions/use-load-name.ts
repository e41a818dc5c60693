import { useStream } from '../link/use-engine.ts';

/** The name of a load; its id where it is gone from the site. */
export function useLoadName(): (loadId: string) => string {
  const loads = useStream('loads');
  return (loadId) => loads?.find(({ health }) => health.id === loadId)?.health.name ?? loadId;
}
