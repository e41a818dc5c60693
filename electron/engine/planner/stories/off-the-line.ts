import { catalogueLoad } from '../catalogue.ts';
import { economics, strategy, type StoryParts } from './common.ts';

/** Stranded gas: an engine on gas that would be flared. Not renewable, and never called so. */
export const gas: StoryParts = {
  id: 'stranded-gas',
  kind: 'story',
  surplus: true,
  renewable: false,
  plan: (market) => ({
    version: 1,
    name: 'Engine on flare gas, 250 kW',
    story: 'stranded-gas',
    currency: 'USD',
    timeZone: 'America/Chicago',
    latitude: 47.9,
    longitude: -103.3,
    seed: 3,
    sources: [
      {
        kind: 'flare',
        ratedW: 250_000,
        minimumPercent: 30,
        ownUseW: 8000,
        gasM3PerHour: [80, 78, 77, 75, 74, 72, 71, 70, 68, 67, 66, 65],
        kwhPerM3: 11,
        efficiencyPercent: 34,
        costPerKwh: 0.035,
        co2KgPerM3: 2.2,
        flareSlipPercent: 8.9,
      },
    ],
    grid: { connection: 'off-grid' },
    demand: { kind: 'profile', profile: 'flat', kwhPerYear: 175_200 },
    loads: [catalogueLoad('s21', 60)],
    tariff: { timeOfUse: [] },
    economics: economics(market, 'USD', { otherCapital: 90_000, upkeepPerYear: 18_000 }),
    strategy: strategy({ probe: { perProbeWh: 500, perHourWh: 3000 } }),
  }),
  sources: [
    ['sources.0.kwhPerM3', 'associated gas is richer than pipeline gas (9.5 to 10): 11 kWh per standard m³, assumed'],
    ['sources.0.efficiencyPercent', 'data sheets of 250 kW gas engines: 33 to 38 % electrical'],
    ['sources.0.minimumPercent', 'makers allow no long running below 30 to 50 % of rated'],
    ['sources.0.costPerKwh', 'rental and service, assumed'],
    ['sources.0.co2KgPerM3', 'IPCC 2006: 56.1 kg CO2 per GJ of natural gas, for this heating value'],
    ['sources.0.flareSlipPercent', 'Plant et al., Science 377 (2022): flares destroy 91.1 % of the methane'],
    ['sources.0.gasM3PerHour', 'assumed: one pad, falling over the year'],
  ],
};

/** Remote hydro: run-of-river for a village, with a thin line out. */
export const hydro: StoryParts = {
  id: 'remote-hydro',
  kind: 'story',
  surplus: true,
  renewable: true,
  plan: (market) => ({
    version: 1,
    name: 'Run-of-river, 30 kW',
    story: 'remote-hydro',
    currency: 'EUR',
    timeZone: 'Europe/Rome',
    latitude: 46.4,
    longitude: 11.3,
    seed: 4,
    sources: [
      {
        kind: 'hydro',
        headM: 22,
        efficiencyPercent: 75,
        ratedW: 30_000,
        flowM3s: [0.09, 0.09, 0.13, 0.24, 0.36, 0.38, 0.31, 0.24, 0.2, 0.18, 0.14, 0.1],
        residualM3s: 0.03,
        leastM3s: 0.03,
      },
    ],
    grid: { connection: 'grid', exportLimitW: 6000 },
    demand: { kind: 'profile', profile: 'village', kwhPerYear: 60_000 },
    loads: [catalogueLoad('s19k-pro', 4)],
    tariff: { importPerKwh: 0.3, exportPerKwh: 0.05, timeOfUse: [] },
    economics: economics(market, 'EUR', {
      otherCapital: 2500,
      upkeepPerYear: 200,
      heat: { perKwh: 0.04, months: [10, 11, 12, 1, 2, 3, 4] },
    }),
    strategy: strategy({ probe: { perProbeWh: 40, perHourWh: 240 } }),
  }),
  sources: [
    ['sources.0.efficiencyPercent', 'small cross-flow or Francis turbine with generator: 65 to 80 %'],
    ['sources.0.flowM3s', 'assumed: snow melt in May and June, least in winter'],
    ['sources.0.residualM3s', 'assumed: the flow the permit leaves in the river'],
    ['grid.exportLimitW', 'assumed: what the line out carries'],
  ],
};

/** Idle industry: bought energy that is contracted anyway. Not surplus. */
export const idle: StoryParts = {
  id: 'idle-industry',
  kind: 'story',
  surplus: false,
  renewable: false,
  plan: (market) => ({
    version: 1,
    name: 'Workshop idle at night and at weekends',
    story: 'idle-industry',
    currency: 'EUR',
    timeZone: 'Europe/Vienna',
    latitude: 48.2,
    longitude: 14.3,
    seed: 5,
    sources: [
      {
        kind: 'contracted',
        powerW: 40_000,
        idle: [
          { days: [1, 2, 3, 4, 5], from: '22:00', to: '05:00' },
          { days: [6, 7], from: '00:00', to: '24:00' },
        ],
        pricePerKwh: 0.06,
      },
    ],
    grid: { connection: 'grid' },
    demand: { kind: 'profile', profile: 'factory', kwhPerYear: 350_000 },
    loads: [catalogueLoad('s21', 11)],
    tariff: { importPerKwh: 0.16, exportPerKwh: 0, timeOfUse: [] },
    economics: economics(market, 'EUR', { otherCapital: 12_000, upkeepPerYear: 1000 }),
    strategy: strategy(),
  }),
  sources: [
    ['sources.0.pricePerKwh', 'assumed: what one more kWh of a take-or-pay contract costs at night'],
    ['sources.0.idle', 'assumed: two shifts on weekdays'],
    ['tariff.importPerKwh', 'assumed, of the order of industrial contracts in Austria in 2026'],
  ],
};
