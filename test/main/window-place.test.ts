import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeWindow, SMALLEST, type Rectangle } from '../../electron/main/window-place.ts';

const laptop = { x: 0, y: 0, width: 1440, height: 860 };
const beside = { x: 1440, y: 0, width: 1920, height: 1040 };
const saved = (bounds: Rectangle, maximized = false) => ({ bounds, maximized });

describe('where the window opens', () => {
  it.each([
    { name: 'first start', saved: undefined, areas: [laptop], bounds: { x: 80, y: 30, width: 1280, height: 800 } },
    {
      name: 'as it was, on the second display',
      saved: saved({ x: 1500, y: 40, width: 1000, height: 700 }),
      areas: [laptop, beside],
      bounds: { x: 1500, y: 40, width: 1000, height: 700 },
    },
    {
      name: 'the second display is gone',
      saved: saved({ x: 1500, y: 40, width: 1000, height: 700 }),
      areas: [laptop],
      bounds: { x: 220, y: 80, width: 1000, height: 700 },
    },
    {
      name: 'larger than the display',
      saved: saved({ x: 0, y: 0, width: 1900, height: 1000 }),
      areas: [laptop],
      bounds: { x: 0, y: 0, width: 1440, height: 860 },
    },
    {
      name: 'no display is known',
      saved: undefined,
      areas: [],
      bounds: { x: 0, y: 0, width: 1280, height: 800 },
    },
  ])('$name', ({ saved: place, areas, bounds }) => {
    expect(placeWindow(place, areas).bounds).toEqual(bounds);
  });

  it('is never smaller than it may be, and its corner is always on a display', () => {
    const coordinate = fc.integer({ min: -5000, max: 5000 });
    const size = fc.integer({ min: 1, max: 6000 });
    const rectangle = fc.record({ x: coordinate, y: coordinate, width: size, height: size });
    const display = fc.record({
      x: coordinate,
      y: coordinate,
      width: fc.integer({ min: 1024, max: 4000 }),
      height: fc.integer({ min: 700, max: 3000 }),
    });
    fc.assert(
      fc.property(rectangle, fc.array(display, { minLength: 1, maxLength: 3 }), (bounds, areas) => {
        const { x, y, width, height } = placeWindow(saved(bounds), areas).bounds;
        expect(width).toBeGreaterThanOrEqual(SMALLEST.width);
        expect(height).toBeGreaterThanOrEqual(SMALLEST.height);
        const inside = (area: Rectangle) =>
          x >= area.x && y >= area.y && x + width <= area.x + area.width && y + height <= area.y + area.height;
        expect(areas.some(inside)).toBe(true);
      }),
    );
  });
});
