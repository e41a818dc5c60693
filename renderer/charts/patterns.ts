/** One source of tiles for canvas and SVG: 10 px, strokes in the colour of the series. */
export const TILE = 10;

export const tiles = {
  solid: { path: '', stroke: 0, ground: 1 },
  dots: { path: 'M2.5 2.5h0M7.5 7.5h0', stroke: 2, ground: 0.2 },
  horizontal: { path: 'M0 5H10', stroke: 1.8, ground: 0.25 },
  vertical: { path: 'M5 0V10', stroke: 1.8, ground: 0.25 },
  grid: { path: 'M0 5H10M5 0V10', stroke: 1.6, ground: 0.2 },
  diagonal: { path: 'M-1 9L1 11M0 0L10 10M9 -1L11 1', stroke: 1.5, ground: 0.25 },
  curtailed: { path: 'M-2 2L2 -2M0 10L10 0M8 12L12 8', stroke: 3, ground: 0 },
} as const satisfies Record<string, { path: string; stroke: number; ground: number }>;
export type PatternId = keyof typeof tiles;

/** The tile as a fill for a canvas of `scale` device pixels per px. */
export function canvasPattern(id: PatternId, colour: string, scale: number): CanvasPattern | string {
  const { path, stroke, ground } = tiles[id];
  if (ground === 1) return colour;
  const tile = document.createElement('canvas');
  tile.width = tile.height = Math.round(TILE * scale);
  const context = tile.getContext('2d');
  if (!context) return colour;
  const factor = tile.width / TILE;
  context.scale(factor, factor);
  context.globalAlpha = ground;
  context.fillStyle = colour;
  context.fillRect(0, 0, TILE, TILE);
  context.globalAlpha = 1;
  context.strokeStyle = colour;
  context.lineWidth = stroke;
  context.lineCap = 'round';
  context.stroke(new Path2D(path));
  const pattern = context.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().scale(1 / factor));
  return pattern ?? colour;
}
