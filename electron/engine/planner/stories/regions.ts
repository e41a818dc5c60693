import { catalogueLoad } from '../catalogue.ts';
import { economics, strategy, type StoryParts } from './common.ts';

/** Geothermal base load beyond what the line takes. */
export const geothermal: StoryParts = {
  id: 'geothermal',
  kind: 'region',
  surplus: true,
  renewable: true,
  plan: (market) => ({
    version: 1,
    name: 'Geothermal, 2 MW',
    story: 'geothermal',
    currency: 'USD',
    timeZone: 'America/El_Salvador',
    latitude: 13.5,
    longitude: -88.5,
    seed: 6,
    sources: [
      {
        kind: 'geothermal',
        ratedW: 2_000_000,
        minimumPercent: 60,
        ownUseW: 160_000,
        availabilityPercent: 93,
      },
    ],
    grid: { connection: 'grid', exportLimitW: 1_200_000 },
    demand: { kind: 'none' },
    loads: [catalogueLoad('s21-pro', 180)],
    tariff: { importPerKwh: 0.15, exportPerKwh: 0.06, timeOfUse: [] },
    economics: economics(market, 'USD', { otherCapital: 180_000, upkeepPerYear: 40_000 }),
    strategy: strategy({ probe: { perProbeWh: 4000, perHourWh: 24_000 } }),
  }),
  sources: [
    [
      'sources.0.availabilityPercent',
      'geothermal plants reach 90 to 95 % (IRENA, Geothermal Power Technology Brief 2017)',
    ],
    ['sources.0.ownUseW', 'binary plants use 6 to 10 % of their output for pumps and cooling'],
    ['sources.0.minimumPercent', 'assumed: wells are throttled only so far'],
    ['tariff.exportPerKwh', 'assumed'],
    ['grid.exportLimitW', 'assumed: what the line takes'],
  ],
};

/** Gulf solar: more sun than demand at noon, at 45 °C. */
export const gulf: StoryParts = {
  id: 'gulf-solar',
  kind: 'region',
  surplus: true,
  renewable: true,
  plan: (market) => ({
    version: 1,
    name: 'Gulf, 100 kWp',
    story: 'gulf-solar',
    currency: 'USD',
    timeZone: 'Asia/Dubai',
    latitude: 24.4,
    longitude: 54.4,
    seed: 7,
    sources: [
      {
        kind: 'pv',
        peakW: 100_000,
        inverterW: 90_000,
        tilt: 22,
        azimuth: 180,
        horizon: [0],
        lossPercent: 17,
        percentPerC: 0.35,
        clearness: [0.62, 0.62, 0.62, 0.65, 0.68, 0.67, 0.63, 0.64, 0.66, 0.67, 0.65, 0.61],
        airC: [22, 23, 27, 32, 36, 38, 40, 40, 38, 34, 29, 24],
      },
    ],
    grid: { connection: 'grid', exportLimitW: 0 },
    demand: { kind: 'profile', profile: 'factory', kwhPerYear: 70_000 },
    loads: [catalogueLoad('s19k-pro', 14)],
    tariff: { importPerKwh: 0.11, exportPerKwh: 0, timeOfUse: [] },
    economics: economics(market, 'USD', { otherCapital: 12_000, upkeepPerYear: 900 }),
    strategy: strategy({ probe: { perProbeWh: 150, perHourWh: 900 } }),
  }),
  sources: [
    [
      'sources.0.clearness',
      'months set to about 2,150 kWh/m² a year on a level surface (Global Solar Atlas, Abu Dhabi)',
    ],
    ['sources.0.airC', 'daytime means of Abu Dhabi, rounded'],
    ['sources.0.lossPercent', 'dust: 5 points more than in Europe, assumed with fortnightly cleaning'],
    ['grid.exportLimitW', 'assumed: an industrial connection without feed-in'],
  ],
};
