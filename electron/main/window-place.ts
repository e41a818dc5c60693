// Where the window opens. Pure: displays are passed in.
import { z } from 'zod';

const Rectangle = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Rectangle = z.infer<typeof Rectangle>;

export const SavedPlace = z.object({ bounds: Rectangle, maximized: z.boolean() });
export type SavedPlace = z.infer<typeof SavedPlace>;

export const SMALLEST = { width: 960, height: 640 };
const FIRST = { width: 1280, height: 800 };

/** Share of the saved window that must lie on one display; less would leave no title bar to grab. */
const MIN_SHARE_VISIBLE = 0.5;

/** @param workAreas of the displays, the primary one first */
export function placeWindow(saved: SavedPlace | undefined, workAreas: readonly Rectangle[]): SavedPlace {
  const home = saved && workAreas.find((area) => shareInside(saved.bounds, area) >= MIN_SHARE_VISIBLE);
  if (saved && home) return { bounds: fitInto(saved.bounds, home), maximized: saved.maximized };
  const primary = workAreas[0] ?? { x: 0, y: 0, ...FIRST };
  const { width, height } = saved?.bounds ?? FIRST;
  const centred = {
    x: primary.x + Math.round((primary.width - width) / 2),
    y: primary.y + Math.round((primary.height - height) / 2),
    width,
    height,
  };
  return { bounds: fitInto(centred, primary), maximized: saved?.maximized ?? false };
}

function shareInside(bounds: Rectangle, area: Rectangle): number {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const height = Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y);
  return width > 0 && height > 0 ? (width * height) / (bounds.width * bounds.height) : 0;
}

function fitInto(bounds: Rectangle, area: Rectangle): Rectangle {
  const width = Math.max(SMALLEST.width, Math.min(bounds.width, area.width));
  const height = Math.max(SMALLEST.height, Math.min(bounds.height, area.height));
  return {
    x: Math.max(area.x, Math.min(bounds.x, area.x + area.width - width)),
    y: Math.max(area.y, Math.min(bounds.y, area.y + area.height - height)),
    width,
    height,
  };
}
