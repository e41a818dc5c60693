import type { DecisionMark } from '#shared/ledger.ts';

/** Marks nearer than this become one, px. */
const CLOSE_PX = 24;

export interface Cluster {
  x: number;
  marks: DecisionMark[];
}

/** Decisions at their places in the lane; those too close to be told apart become one button. Marks ascend. */
export function clusterMarks(marks: readonly DecisionMark[], toX: (atMs: number) => number): Cluster[] {
  const clusters: Cluster[] = [];
  for (const mark of marks) {
    const x = toX(mark.atMs);
    const last = clusters.at(-1);
    if (last && x - last.x < CLOSE_PX) last.marks.push(mark);
    else clusters.push({ x, marks: [mark] });
  }
  return clusters;
}
