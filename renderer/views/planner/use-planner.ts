import { useEffect, useState } from 'react';
import type { Assumption, CatalogueLoad, Run, Story } from '#shared/contract/planner.ts';
import type { SavedPlan } from '#shared/plan-result.ts';
import { useEngine } from '../../link/use-engine.ts';
import type { Draft } from './plan-path.ts';

/** The ready plans; absent while they are asked for. */
export function useStories(): Story[] | undefined {
  const engine = useEngine();
  const [stories, setStories] = useState<Story[]>();
  useEffect(() => {
    let current = true;
    engine?.planner.stories({}).then(
      (found) => current && setStories(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [engine]);
  return stories;
}

/** Real loads; none while they are asked for. */
export function useCatalogue(): CatalogueLoad[] {
  const engine = useEngine();
  const [loads, setLoads] = useState<CatalogueLoad[]>([]);
  useEffect(() => {
    let current = true;
    engine?.planner.catalogue({}).then(
      (found) => current && setLoads(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [engine]);
  return loads;
}

/** What is being worked out, newest first. */
export function useRuns(): Run[] {
  const engine = useEngine();
  const [runs, setRuns] = useState<Run[]>([]);
  useEffect(() => engine?.planner.runs.subscribe(setRuns), [engine]);
  return runs;
}

export type Shelf = Omit<SavedPlan, 'plan' | 'result'>[];

export function useShelf(): Shelf {
  const engine = useEngine();
  const [saved, setSaved] = useState<Shelf>([]);
  useEffect(() => engine?.planner.saved.subscribe(setSaved), [engine]);
  return saved;
}

export interface Checked {
  assumptions: Assumption[];
  problems: { field: string; message: string }[];
}

/** Every figure of the draft as the engine sees it; the last good list stays while something in the draft is wrong. */
export function useAssumptions(draft: Draft | undefined): Checked {
  const engine = useEngine();
  const [checked, setChecked] = useState<Checked>({ assumptions: [], problems: [] });
  useEffect(() => {
    if (!draft || !engine) return;
    let current = true;
    engine.planner.assumptions({ plan: draft }).then(
      (answer) => {
        if (!current) return;
        if (answer.outcome === 'ok') setChecked({ assumptions: answer.assumptions, problems: [] });
        else setChecked(({ assumptions }) => ({ assumptions, problems: answer.problems }));
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [engine, draft]);
  return checked;
}
