type Random = () => number;

const DAY_S = 86_400;
const LATITUDE = (47 * Math.PI) / 180;

export interface Sky {
  peakW: number;
  dayOfYear: number;
  /** Share of the day behind clouds. */
  cloudy: number;
  /** Mean length of a cloud, s. */
  cloudS: number;
  /** Share of the light a cloud takes. */
  depth: number;
  /** Slow unrest of the light, as a share. */
  haze: number;
}

export interface Household {
  baseW: number;
  kettles: number;
  cooking: number;
}

/** Clear-sky shape times a cloud process: clear and cloudy spells of exponential length, each cloud its own depth, edges of 10–40 s. */
export function pvDay(sky: Sky, stepS: number, random: Random): number[] {
  const clouds = cloudSpells(sky, random);
  const haze = wander(900, random);
  const breadth = wander(3600, random);
  let spell = 0;
  let light = 1;
  const day: number[] = [];
  for (let t = 0; t < DAY_S; t += 1) {
    while ((clouds[spell + 1]?.fromS ?? DAY_S) <= t) spell++;
    const through = 1 - (clouds[spell]?.depth ?? 0);
    light += (through - light) / (clouds[spell]?.edgeS ?? 20);
    const unrest = 1 + sky.haze * haze() + 0.02 * breadth();
    if (t % stepS === 0) day.push(Math.max(0, sky.peakW * clearSky(sky.dayOfYear, t) * Math.min(1.06, light * unrest)));
  }
  return day;
}

function cloudSpells(sky: Sky, random: Random): { fromS: number; depth: number; edgeS: number }[] {
  const spells = [];
  const clearS = (sky.cloudS * (1 - sky.cloudy)) / Math.max(0.001, sky.cloudy);
  let cloudy = random() < sky.cloudy;
  for (let t = 0; t < DAY_S; cloudy = !cloudy) {
    // Light rises a little beside a cloud: its rim reflects.
    const rim = 0.04 * random() * Math.min(1, 4 * sky.cloudy);
    spells.push({ fromS: t, depth: cloudy ? sky.depth * (0.5 + 0.7 * random()) : -rim, edgeS: 8 + 25 * random() });
    t += Math.max(10, -Math.log(1 - random()) * (cloudy ? sky.cloudS : clearS));
  }
  return spells;
}

/** Share of the rated power of a plant facing south on a clear day: sine of the sun's height less the air's part. */
function clearSky(dayOfYear: number, t: number): number {
  const tilt = ((-23.44 * Math.PI) / 180) * Math.cos((2 * Math.PI * (dayOfYear + 10)) / 365);
  const hour = (2 * Math.PI * (t - DAY_S / 2)) / DAY_S;
  const height = Math.sin(LATITUDE) * Math.sin(tilt) + Math.cos(LATITUDE) * Math.cos(tilt) * Math.cos(hour);
  return height <= 0 ? 0 : 0.95 * height * 0.8 ** (1 / (height + 0.06) - 0.9);
}

/** Mean wind that drifts over hours with gusts of seconds, through a cubic power curve and the rotor's inertia. */
export function windDay(
  { ratedW, meanMps }: { ratedW: number; meanMps: number },
  stepS: number,
  random: Random,
): number[] {
  const RATED_MPS = 11;
  const CUT_IN_MPS = 3;
  const drift = wander(5400, random);
  const squall = wander(240, random);
  const gust = wander(15, random);
  let power = 0;
  const day: number[] = [];
  for (let t = 0; t < DAY_S; t++) {
    const mean = meanMps * (1 + 0.22 * drift() + 0.1 * squall());
    const speed = mean * (1 + 0.14 * gust());
    const share =
      speed < CUT_IN_MPS ? 0 : Math.min(1, (speed ** 3 - CUT_IN_MPS ** 3) / (RATED_MPS ** 3 - CUT_IN_MPS ** 3));
    power += (ratedW * share - power) / 6;
    if (t % stepS === 0) day.push(Math.max(0, power));
  }
  return day;
}

/** Base load, a refrigerator, kettles of 2 kW over the waking day, and hobs that click on and off around noon and evening. */
export function demandDay({ baseW, kettles, cooking }: Household, stepS: number, random: Random): number[] {
  const day = new Float64Array(DAY_S);
  const base = wander(1200, random);
  const fridgeShift = random() * 3600;
  for (let t = 0; t < DAY_S; t++) day[t] = baseW * (1 + 0.12 * base()) + ((t + fridgeShift) % 3600 < 1100 ? 90 : 0);
  const run = (fromS: number, lengthS: number, watts: number) => {
    for (let t = Math.floor(fromS); t < Math.min(DAY_S, fromS + lengthS); t++) day[t] = (day[t] ?? 0) + watts;
  };
  for (let kettle = 0; kettle < kettles; kettle++)
    run((6.5 + 15 * random()) * 3600, 90 + 150 * random(), 1800 + 500 * random());
  for (let meal = 0; meal < cooking; meal++) {
    const fromS = (meal % 2 === 0 ? 18 : 11.5) * 3600 + 2400 * random();
    for (let t = fromS; t < fromS + 2400; t += 90 + 60 * random()) run(t, 30 + 40 * random(), 1500 + 300 * random());
  }
  return Array.from({ length: DAY_S / stepS }, (_, row) => Math.max(0, day[row * stepS] ?? 0));
}

/** A standard normal process that forgets over `memoryS`, one value a second. */
function wander(memoryS: number, random: Random): () => number {
  const keep = Math.exp(-1 / memoryS);
  const push = Math.sqrt(1 - keep * keep);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let value = normal();
  return () => (value = keep * value + push * normal());
}
