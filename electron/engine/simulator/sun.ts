const RAD = Math.PI / 180;
const DAY_MS = 86_400_000;

export interface Panels {
  latitude: number;
  longitude: number;
  /** Degrees from the horizontal. */
  tilt: number;
  /** Degrees from north, clockwise: 180 faces south. */
  azimuth: number;
  peakW: number;
}

/** Position of the sun, degrees; good to about a degree, which is enough for a simulated roof. */
export function sunPosition(atMs: number, latitude: number, longitude: number): { elevation: number; azimuth: number } {
  const days = (atMs - Date.UTC(2000, 0, 1, 12)) / DAY_MS;
  // Low-precision solar coordinates of the Astronomical Almanac.
  const mean = RAD * (280.46 + 0.9856474 * days);
  const anomaly = RAD * (357.528 + 0.9856003 * days);
  const ecliptic = mean + RAD * (1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly));
  const obliquity = RAD * 23.439;
  const declination = Math.asin(Math.sin(obliquity) * Math.sin(ecliptic));
  const ascension = Math.atan2(Math.cos(obliquity) * Math.sin(ecliptic), Math.cos(ecliptic));
  const sidereal = RAD * (280.46061837 + 360.98564736629 * days + longitude);
  const hour = sidereal - ascension;
  const lat = RAD * latitude;
  const sinElevation = Math.sin(lat) * Math.sin(declination) + Math.cos(lat) * Math.cos(declination) * Math.cos(hour);
  const azimuth = Math.atan2(-Math.sin(hour), Math.tan(declination) * Math.cos(lat) - Math.sin(lat) * Math.cos(hour));
  return { elevation: Math.asin(sinElevation) / RAD, azimuth: (azimuth / RAD + 360) % 360 };
}

/** What the panels would give under a clear sky and under an evenly grey one; clouds lie between. */
export function clearSky(atMs: number, panels: Panels): { beamW: number; diffuseW: number } {
  const { elevation, azimuth } = sunPosition(atMs, panels.latitude, panels.longitude);
  if (elevation <= 0) return { beamW: 0, diffuseW: 0 };
  const up = Math.sin(RAD * elevation);
  // Kasten and Young 1989 for the air mass, Meinel 1976 for the beam.
  const airMass = 1 / (up + 0.50572 * (elevation + 6.07995) ** -1.6364);
  const beam = 1353 * 0.7 ** (airMass ** 0.678);
  const cosIncidence =
    up * Math.cos(RAD * panels.tilt) +
    Math.cos(RAD * elevation) * Math.sin(RAD * panels.tilt) * Math.cos(RAD * (azimuth - panels.azimuth));
  const wattsPerIrradiance = (panels.peakW / 1000) * 0.88;
  const skyShare = (1 + Math.cos(RAD * panels.tilt)) / 2;
  return {
    beamW: wattsPerIrradiance * beam * Math.max(0, cosIncidence),
    diffuseW: wattsPerIrradiance * 0.12 * beam * Math.sqrt(up) * skyShare,
  };
}
