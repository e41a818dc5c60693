import type { PlanDemand } from '#shared/plan.ts';
import { YEAR_MINUTES, type CalendarYear } from './calendar-year.ts';
import { seededRandom, seedFor } from './random.ts';

type Profile = Extract<PlanDemand, { kind: 'profile' }>['profile'];

interface Shape {
  /** By hour of a working day and of the weekend, any scale. */
  workday: readonly number[];
  weekend: readonly number[];
  /** How much more in midwinter than in midsummer, share of the mean (north of the equator). */
  winter: number;
  /** Appliances: switched on so often an hour at the mean, and for how long and how strong against the mean. */
  spikesPerHour: number;
  spikeMin: number;
  spikeTimes: number;
}

const hours = (text: string): number[] => text.split(' ').map(Number);
/** By hand after the published standard load profiles (BDEW H0, L0 and G0 of 1999); villages after measured mini-grids. */
const SHAPES: Record<Profile, Shape> = {
  home: {
    workday: hours('4 3 3 3 3 4 6 8 8 7 7 8 9 8 7 7 8 10 12 13 12 10 8 6'),
    weekend: hours('5 4 3 3 3 3 4 6 8 10 11 12 13 11 9 9 9 10 12 12 11 10 8 6'),
    winter: 0.25,
    spikesPerHour: 0.5,
    spikeMin: 6,
    spikeTimes: 4,
  },
  farm: {
    workday: hours('5 5 5 6 9 14 15 12 8 7 7 8 8 7 7 8 11 15 15 11 8 6 5 5'),
    weekend: hours('5 5 5 6 9 14 15 12 8 7 7 8 8 7 7 8 11 15 15 11 8 6 5 5'),
    winter: 0.15,
    spikesPerHour: 0.4,
    spikeMin: 20,
    spikeTimes: 2,
  },
  village: {
    workday: hours('4 3 3 3 4 6 8 7 6 6 6 7 7 6 6 7 8 11 16 18 16 12 8 5'),
    weekend: hours('4 3 3 3 4 6 8 8 7 7 7 8 8 7 7 8 9 11 16 18 16 12 8 5'),
    winter: 0.1,
    spikesPerHour: 0,
    spikeMin: 0,
    spikeTimes: 0,
  },
  factory: {
    workday: hours('2 2 2 2 3 6 12 16 17 17 17 16 15 16 17 17 15 12 8 6 5 4 3 2'),
    weekend: hours('2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2'),
    winter: 0.05,
    spikesPerHour: 0,
    spikeMin: 0,
    spikeTimes: 0,
  },
  flat: { workday: hours('1'), weekend: hours('1'), winter: 0, spikesPerHour: 0, spikeMin: 0, spikeTimes: 0 },
};

/** W, minute by minute; the year's sum is what the plan says. */
export function profileYear(
  { profile, kwhPerYear }: { profile: Profile; kwhPerYear: number },
  year: CalendarYear,
  latitude: number,
  seed: number,
): Float32Array {
  const shape = SHAPES[profile];
  const { uniform, normal } = seededRandom(seedFor(seed, 5));
  const powerW = new Float32Array(YEAR_MINUTES);
  const winter = (latitude < 0 ? -1 : 1) * shape.winter;
  let slow = 0;
  let spikeLeft = 0;
  let spike = 0;
  let sum = 0;
  for (let i = 0; i < YEAR_MINUTES; i += 1) {
    const table = (year.weekday[i] as number) > 5 ? shape.weekend : shape.workday;
    const hour = (year.minuteOfDay[i] as number) / 60;
    const from = table[Math.floor(hour) % table.length] as number;
    const to = table[(Math.floor(hour) + 1) % table.length] as number;
    const level = from + (to - from) * (hour % 1);
    const season = 1 + (winter / 2) * Math.cos((2 * Math.PI * ((year.day[i] as number) - 15)) / 365);
    slow += (-slow + Math.sqrt(2 * 45) * normal()) / 45;
    if (spikeLeft > 0) spikeLeft -= 1;
    else if (uniform() < (shape.spikesPerHour / 60) * (level / 8)) {
      spikeLeft = Math.max(1, Math.round(shape.spikeMin * -Math.log(1 - uniform())));
      spike = shape.spikeTimes * (0.5 + uniform());
    }
    const moving = profile === 'flat' ? 1 : Math.exp(0.1 * slow);
    const value = level * season * moving + (spikeLeft > 0 ? 8 * spike : 0);
    powerW[i] = value;
    sum += value;
  }
  const scale = (kwhPerYear * 60_000) / sum;
  for (let i = 0; i < YEAR_MINUTES; i += 1) powerW[i] = (powerW[i] as number) * scale;
  return powerW;
}
