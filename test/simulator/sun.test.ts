import { expect, test } from 'vitest';
import { clearSky, sunPosition } from '#engine/simulator/sun.ts';

// Culmination is 90° − latitude + declination; ±23.44° at the solstices, 0° at the equinoxes. Local noon by longitude and
// the equation of time (−2 min in June, +2 min in December, −7.5 min in March).
test.each([
  ['Berlin in June', '2026-06-21T11:08:00Z', 52.52, 13.4, 60.9, 180],
  ['Berlin in December', '2026-12-21T11:04:00Z', 52.52, 13.4, 14.0, 180],
  ['the equator in March', '2026-03-20T18:07:30Z', 0, 0, 0, 270],
  ['Sydney in December', '2026-12-21T01:53:00Z', -33.87, 151.2, 79.6, 0],
])('the sun over %s', (_name, at, latitude, longitude, elevation, azimuth) => {
  const sun = sunPosition(Date.parse(at), latitude, longitude);
  expect(Math.abs(sun.elevation - elevation)).toBeLessThan(0.7);
  const off = Math.abs(((sun.azimuth - azimuth + 540) % 360) - 180);
  expect(off).toBeLessThan(3);
});

test('panels give nothing at night, and at most about their rating at noon', () => {
  const panels = { latitude: 28.1, longitude: -15.4, tilt: 30, azimuth: 180, peakW: 6000 };
  expect(clearSky(Date.UTC(2026, 5, 21, 1), panels)).toEqual({ beamW: 0, diffuseW: 0 });
  for (const month of [0, 3, 6, 9]) {
    const { beamW, diffuseW } = clearSky(Date.UTC(2026, month, 21, 13), panels);
    expect(beamW + diffuseW).toBeGreaterThan(3800);
    expect(beamW + diffuseW).toBeLessThan(6000);
  }
});
