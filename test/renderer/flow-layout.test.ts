import { describe, expect, test } from 'vitest';
import { layoutFlow, ribbonWidth, type FlowInput } from '../../renderer/views/now/flow/layout.ts';

const input: FlowInput = {
  width: 600,
  height: 300,
  nodeWidth: 150,
  rtl: false,
  scaleW: 6000,
  left: [
    { id: 'production', row: 0, powerW: 4200, inward: true },
    { id: 'battery', row: 1, powerW: 900, inward: false },
    { id: 'grid', row: 2, powerW: 4, inward: false },
  ],
  right: [
    { id: 'demand', row: 1, powerW: 1820, inward: false },
    { id: 'miners', row: 2, powerW: undefined, inward: false },
  ],
  curtailedW: 600,
};
const ribbon = (layout: ReturnType<typeof layoutFlow>, id: string) => layout.ribbons.find((each) => each.id === id)!;

test('the width is linear on the fixed scale, between 2 and 40 px', () => {
  expect([60, 300, 3000, 6000, 9000].map((w) => ribbonWidth(w, 6000))).toEqual([2, 2, 20, 40, 40]);
});

test('a wide ribbon has chevrons, a narrow one a badge, a resting or unknown one neither', () => {
  const layout = layoutFlow(input);
  expect(ribbon(layout, 'production').chevrons.length).toBeGreaterThan(3);
  expect(ribbon(layout, 'battery').badge).toBeDefined();
  expect(ribbon(layout, 'grid')).toMatchObject({ state: 'resting', width: 1, chevrons: [] });
  expect(ribbon(layout, 'miners')).toMatchObject({ state: 'unknown', width: 1, chevrons: [] });
});

test('charging points from the site to the battery', () => {
  const { badge } = ribbon(layoutFlow(input), 'battery');
  expect(Math.abs(badge!.angle)).toBeGreaterThan(90);
});

test('the curtailed ribbon leaves production and passes above the bar', () => {
  const layout = layoutFlow(input);
  const { badge, width } = ribbon(layout, 'curtailed');
  expect(badge!.y + width / 2).toBeLessThan(layout.bar.y);
});

test('nothing moves when a flow changes', () => {
  const other = layoutFlow({ ...input, left: input.left.map((port) => ({ ...port, powerW: 1000 })) });
  expect(other.nodes).toEqual(layoutFlow(input).nodes);
});

describe('right to left', () => {
  test('mirrors every node and ribbon', () => {
    const ltr = layoutFlow(input);
    const rtl = layoutFlow({ ...input, rtl: true });
    ltr.nodes.forEach((node, i) => expect(rtl.nodes[i]!.x).toBe(600 - node.x - node.width));
    const [a, b] = [ribbon(ltr, 'battery').badge!, ribbon(rtl, 'battery').badge!];
    expect(b.x).toBeCloseTo(600 - a.x);
    expect(Math.abs(b.angle)).toBeLessThan(90);
  });
});
