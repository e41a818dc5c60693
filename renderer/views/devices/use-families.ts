import { useCallback, useMemo } from 'react';
import { useAnswer, type Asked } from '../../link/use-answer.ts';
import type { Chosen } from './add/draft.ts';

const ask = (engine: Asked) =>
  Promise.all([engine.devices.families({}), engine.devices.loadFamilies({}), engine.site.get({})]);

/** Everything an owner may choose from, and the site as the engine holds it. */
export function useFamilies() {
  const { answer, failed, again } = useAnswer(ask);
  const [plants, loads, site] = answer ?? [];
  const all = useMemo(
    (): Chosen[] => [
      ...(plants ?? []).map((family): Chosen => ({ kind: 'plant', family })),
      ...(loads ?? []).map((family): Chosen => ({ kind: 'load', family })),
    ],
    [plants, loads],
  );
  const find = useCallback(
    (kind: Chosen['kind'], id: string) => all.find((each) => each.kind === kind && idOf(each) === id),
    [all],
  );
  return { all: answer && all, site, find, failed, again };
}

export const idOf = (chosen: Chosen): string => (chosen.kind === 'plant' ? chosen.family.id : chosen.family.family);
