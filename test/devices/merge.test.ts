import { describe, expect, it } from 'vitest';
import { mergePlant } from '#engine/devices/merge.ts';
import { plantDevice, source } from './plant.ts';

const noLoads = { value: 0, atMs: 0 };

describe('mergePlant', () => {
  it('sums inverters and takes the grid from the meter of its own, counting nothing twice', () => {
    const { snapshot, from } = mergePlant(
      [
        source('hybrid', ['production', 'battery', 'grid'], {
          production: 2000,
          import: 90,
          export: 0,
          charge: 500,
          discharge: 0,
        }),
        source('string', ['production'], { production: 1000, import: 7, export: 0 }),
        source('meter', ['grid'], { import: 0, export: 1500, production: 9999 }),
      ],
      0,
      noLoads,
    );
    expect(snapshot.production?.value).toBe(3000);
    expect(snapshot.export?.value).toBe(1500);
    expect(snapshot.import?.value).toBe(0);
    expect(from.export).toEqual(['meter']);
    // 3000 made = 1500 fed in + 500 stored + 1000 used
    expect(snapshot.demand?.value).toBe(1000);
    expect(from.demand).toEqual(['derived']);
  });

  it('knows no sum of which one part is unknown, nor a demand without it', () => {
    const sources = [
      source('a', ['production'], { production: 2000 }),
      { device: plantDevice('b', ['production']), taken: undefined },
      source('meter', ['grid'], { import: 10, export: 0 }),
    ];
    const { snapshot } = mergePlant(sources, 0, noLoads);
    expect(snapshot.production).toBeUndefined();
    expect(snapshot.demand).toBeUndefined();
    expect(snapshot.import?.value).toBe(10);
  });

  it('leaves out what is stale and falls back to the next meter', () => {
    const sources = [
      source('meter', ['grid'], { import: 0, export: 5 }, 0),
      source('hybrid', ['grid', 'production'], { import: 0, export: 70 }, 40_000),
    ];
    expect(mergePlant(sources, 20_000, noLoads).snapshot.export?.value).toBe(5);
    expect(mergePlant(sources, 60_000, noLoads).snapshot.export?.value).toBe(70);
  });

  it('takes our own loads off the demand a device reports', () => {
    const reported = [source('gateway', ['grid', 'demand'], { import: 900, export: 0, demand: 900 })];
    expect(mergePlant(reported, 0, { value: 600, atMs: 0 }).snapshot.demand?.value).toBe(300);
    expect(mergePlant(reported, 0, undefined).snapshot.demand).toBeUndefined();
  });

  it('derives no demand from readings that contradict each other', () => {
    const sources = [
      source('pv', ['production'], { production: 100 }),
      source('meter', ['grid'], { import: 0, export: 2000 }),
    ];
    expect(mergePlant(sources, 0, noLoads).snapshot.demand).toBeUndefined();
  });

  it('weighs batteries by capacity and carries the cause of a curtailment', () => {
    const { snapshot } = mergePlant(
      [
        source('small', ['battery'], { soc: 0, batteryFull: false }, 0, { setup: { capacityWh: 1000 } }),
        source(
          'large',
          ['battery', 'production'],
          { soc: 100, batteryFull: true, curtailed: true, curtailmentCause: 'frequency' },
          0,
          {
            setup: { capacityWh: 3000 },
          },
        ),
      ],
      0,
      noLoads,
    );
    expect(snapshot.soc?.value).toBe(75);
    expect(snapshot.batteryFull?.value).toBe(false);
    expect(snapshot.curtailmentCause?.value).toBe('frequency');
  });
});
