// Where the flow picture draws: a pure function of the size, the powers and the fixed scale of the site.

/** Widest and narrowest ribbon, px. */
const WIDEST = 40;
const NARROWEST = 2;
/** A flow below this rests, W. */
export const REST_W = 10;
/** A narrower ribbon carries its arrow in a badge, px. */
const BADGE_BELOW = 14;
const CHEVRON_GAP = 26;
const PORT_GAP = 12;
const ROWS = 3;
const ROW_GAP = 0.2;

export interface FlowPort {
  id: string;
  row: number;
  powerW: number | undefined;
  /** From the node to the bar. */
  inward: boolean;
}
export interface FlowInput {
  width: number;
  height: number;
  nodeWidth: number;
  rtl: boolean;
  scaleW: number;
  left: FlowPort[];
  right: FlowPort[];
  curtailedW: number | undefined;
}

export interface Point {
  x: number;
  y: number;
  /** Degrees of the flow's direction here. */
  angle: number;
}
export interface Ribbon {
  id: string;
  path: string;
  /** 1 at rest. */
  width: number;
  state: 'flowing' | 'resting' | 'unknown';
  /** Chevrons drift from each point to the next. */
  chevrons: Point[];
  badge?: Point;
}
export interface NodeBox {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface FlowLayout {
  nodes: NodeBox[];
  ribbons: Ribbon[];
  bar: { x: number; y: number; height: number };
}

export const ribbonWidth = (powerW: number, scaleW: number): number =>
  Math.min(WIDEST, Math.max(NARROWEST, (powerW / scaleW) * WIDEST));

export function layoutFlow(input: FlowInput): FlowLayout {
  const { width, height, nodeWidth, rtl } = input;
  const rowHeight = height / ROWS;
  const nodeHeight = rowHeight * (1 - ROW_GAP);
  const top = (row: number) => rowHeight * row + (rowHeight * ROW_GAP) / 2;
  const mirror = (x: number) => (rtl ? width - x : x);
  const widthOf = (port: { powerW: number | undefined }) =>
    port.powerW === undefined || port.powerW < REST_W ? 1 : ribbonWidth(port.powerW, input.scaleW);

  const box = (id: string, row: number, x: number): NodeBox => ({
    id,
    x: rtl ? width - x - nodeWidth : x,
    y: top(row),
    width: nodeWidth,
    height: nodeHeight,
  });
  const nodes = [
    ...input.left.map(({ id, row }) => box(id, row, 0)),
    box('curtailed', 0, width - nodeWidth),
    ...input.right.map(({ id, row }) => box(id, row, width - nodeWidth)),
  ];

  const barX = width / 2;
  const stackOf = (ports: FlowPort[]) =>
    ports.reduce((sum, port) => sum + widthOf(port), PORT_GAP * (ports.length - 1));
  const tallest = Math.max(stackOf(input.left), stackOf(input.right)) + 16;
  const barHeight = Math.max(height * 0.4, tallest);
  const barCentre = Math.min(height - barHeight / 2 - 2, height * 0.53);

  const curtailedWidth = widthOf({ powerW: input.curtailedW });
  const curtailedY = top(0) + Math.max(nodeHeight * 0.22, curtailedWidth / 2 + 5);

  const side = (ports: FlowPort[], left: boolean) => {
    let y = barCentre - stackOf(ports) / 2;
    return ports.map((port) => {
      const ribbon = widthOf(port);
      const atBar = y + ribbon / 2;
      y += ribbon + PORT_GAP;
      const below = curtailedY + curtailedWidth / 2 + 6 + ribbon / 2;
      const atNode =
        top(port.row) + (left && port.row === 0 ? Math.max(nodeHeight * 0.6, below - top(0)) : nodeHeight / 2);
      const node = { x: left ? nodeWidth : width - nodeWidth, y: atNode };
      const bar = { x: barX, y: atBar };
      const [from, to] = port.inward ? [node, bar] : [bar, node];
      return ribbonOf(port.id, from, to, ribbon, port.powerW, mirror);
    });
  };

  const spill = ribbonOf(
    'curtailed',
    { x: nodeWidth, y: curtailedY },
    { x: width - nodeWidth, y: curtailedY },
    curtailedWidth,
    input.curtailedW,
    mirror,
  );
  return {
    nodes,
    ribbons: [spill, ...side(input.left, true), ...side(input.right, false)],
    bar: { x: barX, y: barCentre - barHeight / 2, height: barHeight },
  };
}

interface XY {
  x: number;
  y: number;
}

function ribbonOf(
  id: string,
  from: XY,
  to: XY,
  width: number,
  powerW: number | undefined,
  mirror: (x: number) => number,
) {
  const a = { x: mirror(from.x), y: from.y };
  const b = { x: mirror(to.x), y: to.y };
  const middle = (a.x + b.x) / 2;
  const path = `M${a.x} ${a.y}C${middle} ${a.y} ${middle} ${b.y} ${b.x} ${b.y}`;
  const state = powerW === undefined ? 'unknown' : powerW < REST_W ? 'resting' : 'flowing';
  const ribbon: Ribbon = { id, path, width, state, chevrons: [] };
  if (state !== 'flowing') return ribbon;
  const points = alongCurve(a, b);
  if (width < BADGE_BELOW || id === 'curtailed') return { ...ribbon, badge: points[Math.floor(points.length / 2)]! };
  return { ...ribbon, chevrons: spaced(points) };
}

/** Points of the S curve, with the direction at each. */
function alongCurve(a: XY, b: XY, steps = 64): Point[] {
  const middle = (a.x + b.x) / 2;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    const u = 1 - t;
    const x = u ** 3 * a.x + 3 * u * u * t * middle + 3 * u * t * t * middle + t ** 3 * b.x;
    const y = u * u * (u + 3 * t) * a.y + t * t * (t + 3 * u) * b.y;
    const dx = 3 * u * u * (middle - a.x) + 3 * t * t * (b.x - middle);
    const dy = 6 * u * t * (b.y - a.y);
    return { x, y, angle: (Math.atan2(dy, dx) * 180) / Math.PI };
  });
}

/** Thins points out to even distances, so that all chevrons drift at one speed. */
function spaced(points: Point[]): Point[] {
  const lengths = [0];
  for (let i = 1; i < points.length; i++) {
    lengths.push(lengths[i - 1]! + Math.hypot(points[i]!.x - points[i - 1]!.x, points[i]!.y - points[i - 1]!.y));
  }
  const pieces = Math.max(1, Math.round(lengths.at(-1)! / CHEVRON_GAP));
  const piece = lengths.at(-1)! / pieces;
  return Array.from({ length: pieces + 1 }, (_, k) => {
    const i = lengths.findIndex((length) => length >= k * piece - 0.01);
    return points[i === -1 ? points.length - 1 : i]!;
  });
}
