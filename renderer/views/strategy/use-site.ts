import { useCallback, useEffect, useState } from 'react';
import type { Site } from '#shared/site.ts';
import { useEngine } from '../../link/use-engine.ts';

/** The site as the engine holds it; `again` asks anew, after a save. */
export function useSite(): { site: Site | undefined; failed: boolean; again: () => void } {
  const engine = useEngine();
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ site?: Site; failed: boolean }>({ failed: false });
  useEffect(() => {
    let current = true;
    engine?.site.get({}).then(
      (site) => current && setState({ site, failed: false }),
      () => current && setState({ failed: true }),
    );
    return () => {
      current = false;
    };
  }, [engine, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { site: state.site, failed: state.failed, again };
}
