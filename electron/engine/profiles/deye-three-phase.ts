import type { ProfileInput, RegisterField } from './profile.ts';
import { HUNDREDTH, i16, TENTH, TENTH_KWH, text, u16, u32 } from './registers.ts';

const watts = (at: number, scale: number, more: Partial<RegisterField> = {}) => i16(at, { scale, ...more });

/** High-voltage models count their battery and panel powers in tens of watts. */
const family = (id: string, models: string[], pvScale: number) =>
  ({
    protocol: 'registers',
    id,
    vendor: 'Deye, Sunsynk',
    models,
    source: 'kellerza/sunsynk three-phase definitions; Deye "Modbus V105.3" register table',
    verifiedOnHardware: false,
    pollS: 5,
    bus: { port: 8899, unit: 1, baudRate: 9600, gapMs: 50, timeoutMs: 6000 },
    words: 'low-first',
    blocks: [
      { at: 3, count: 5, optional: true, everyS: 3600 },
      { at: 142, count: 4, optional: true, everyS: 60 },
      { at: 212, count: 1, optional: true, everyS: 10 },
      { at: 500, count: 53 },
      { at: 587, count: 88 },
      { at: 675, count: 1, optional: true },
    ],
    quantities: {
      production: [
        u16(672, { scale: pvScale }),
        u16(673, { scale: pvScale }),
        u16(674, { scale: pvScale, optional: true }),
        u16(675, { scale: pvScale, optional: true }),
      ],
      productionTotal: u32(534, TENTH_KWH),
      grid: { power: watts(625, 1), positive: 'import', phases: [watts(616, 1), watts(617, 1), watts(618, 1)] },
      importTotal: u32(522, TENTH_KWH),
      exportTotal: u32(524, TENTH_KWH),
      battery: { power: [watts(590, pvScale), watts(595, pvScale, { optional: true })], positive: 'discharge' },
      soc: u16(588),
      demand: watts(653, 1),
      gridVoltage: u16(598, TENTH),
      gridFrequency: u16(609, HUNDREDTH),
      serial: text(3, 5),
    },
    status: { of: u16(500), ok: [2], standby: [0, 1, 5], fault: [3, 4] },
    generatorRunning: { of: i16(667), above: 50 },
    curtailment: [
      { sign: 'export-limit', limit: u16(143, { scale: 0 }), enabled: { of: u16(142), is: [1, 2] } },
      { sign: 'export-limit', limit: u16(143), enabled: { of: u16(142), is: [0] } },
      { sign: 'battery-full', when: { of: u16(212), below: 1 } },
      { sign: 'battery-full', when: { of: u16(588), above: 99.5 } },
    ],
    samples: [
      {
        name: 'selling at the limit',
        raw: {
          holding: {
            142: [0, 5000, 0, 1],
            500: 2,
            522: [100, 0, 200, 0],
            534: [1000, 0],
            588: 100,
            590: 0,
            595: 0,
            598: 2300,
            609: 5002,
            616: [0xf97e, 0xf97e, 0xf97c],
            625: 0xec78,
            653: 900,
            667: 0,
            672: [3000 / pvScale, 2900 / pvScale, 0xffff],
          },
        },
        expect: {
          production: 5900,
          productionTotal: 100_000,
          import: 0,
          export: 5000,
          importByPhase: [0, 0, 0],
          exportByPhase: [1666, 1666, 1668],
          importTotal: 10_000,
          exportTotal: 20_000,
          charge: 0,
          discharge: 0,
          soc: 100,
          demand: 900,
          gridVoltage: 230,
          gridFrequency: 50.02,
          status: 'ok',
          generatorRunning: false,
          exportLimit: 5000,
          curtailed: true,
          curtailmentCause: 'export-limit',
          batteryFull: true,
        },
      },
    ],
  }) satisfies ProfileInput;

export const deyeThreePhase = family('deye-three-phase', ['SUN-5-12K-SG04LP3', 'Sunsynk 8-16 kW LV'], 1);
export const deyeThreePhaseHv = family('deye-three-phase-hv', ['SUN-15-50K-SG01HP3', 'Sunsynk 20-50 kW HV'], 10);
