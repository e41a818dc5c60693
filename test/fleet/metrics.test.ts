import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countsFrom } from '#engine/fleet/counts.ts';
import { families } from '#engine/fleet/families.ts';
import { gauges } from '#engine/fleet/gauges.ts';
import { openMetrics } from '#engine/fleet/open-metrics.ts';
import { everythingKnown, NOW_MS, sumsOf } from './metrics-input.ts';

const DAY_MS = 86_400_000;
const dayOf = (mwh: number, dayStartMs = 0) => ({ ...sumsOf(mwh), dayStartMs });
const never = () => {
  throw new Error('no day is over');
};

async function everything(): Promise<string> {
  const counted = countsFrom(dayOf(0)).read(dayOf(1000), never);
  return (await openMetrics('home', [...gauges(everythingKnown()), ...counted])).text;
}
const seriesOf = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const namesIn = (text: string) => new Set(seriesOf(text).map((line) => line.slice(0, line.indexOf('{'))));

describe('the text', () => {
  it('is OpenMetrics, with every family where everything is known', async () => {
    const text = await everything();
    expect(text.endsWith('# EOF\n')).toBe(true);
    expect([...namesIn(text)].toSorted()).toEqual(Object.keys(families).toSorted());
    for (const line of seriesOf(text))
      expect(line).toMatch(/^spillway_[a-z_]+\{([a-z]+="([^"\\]|\\.)*",?)+\} -?[\d.e+]+$/);
    expect(text).toContain('# TYPE spillway_load_energy_watt_hours counter\n');
    expect(text).toContain('spillway_production_watts{site="home"} 5000\n');
    expect(text).toContain('spillway_load_hashrate_hashes_per_second{load="asic",site="home"} 100000000000000\n');
    expect(text).toContain('spillway_load_state{load="asic",state="mining",site="home"} 1\n');
    expect(text).toContain('spillway_load_state{load="asic",state="fault",site="home"} 0\n');
    expect(text).toContain('spillway_device_up{device="inverter",kind="plant",site="home"} 0\n');
    expect(text).toContain('spillway_earnings_today{currency="EUR",site="home"} -1.5\n');
    expect(text).toContain(String.raw`name="Home\n\"north\""`);
  });

  it('ends every name in its unit', () => {
    const bare = /_(info|mode|stopped|state|reason|up|today|failing|slots|total)$/;
    const units = /_(watts|seconds|ratio|celsius|hashes_per_second)$/;
    expect(Object.keys(families).filter((name) => !bare.test(name) && !units.test(name))).toEqual([]);
  });
});

describe('what is not known', () => {
  it('is no series, and never 0', async () => {
    const input = everythingKnown();
    const { snapshot } = input.live!;
    delete snapshot.import;
    delete snapshot.soc;
    delete snapshot.loads['asic']!.draw;
    delete input.live!.drawW;
    const names = namesIn((await openMetrics('home', gauges(input))).text);
    for (const name of ['import_watts', 'battery_charge_ratio', 'load_draw_watts', 'draw_watts'])
      expect(names).not.toContain(`spillway_${name}`);
    expect(names).toContain('spillway_export_watts');
  });

  it('is everything that was read too long ago', async () => {
    const input = { ...everythingKnown(), nowMs: NOW_MS + 20_000 };
    const text = (await openMetrics('home', gauges(input))).text;
    expect(text).not.toContain('_watts');
    expect(text).toContain('spillway_tick_age_seconds{site="home"} 20\n');
  });

  it('is told of no load that the site file does not name', async () => {
    const input = everythingKnown();
    input.live!.snapshot.loads['stranger'] = input.live!.snapshot.loads['asic']!;
    input.live!.decision.loads.push({ ...input.live!.decision.loads[0]!, loadId: 'stranger' });
    expect((await openMetrics('home', gauges(input))).text).not.toContain('stranger');
  });
});

describe('a counter', () => {
  const production = (samples: ReturnType<ReturnType<typeof countsFrom>['read']>) =>
    samples.find(({ name, labels }) => name === 'spillway_energy_watt_hours_total' && labels?.['flow'] === 'production')
      ?.value;

  it('begins at 0 and counts on over midnight, with the end of the day before', () => {
    const counts = countsFrom(dayOf(5_000_000));
    expect(production(counts.read(dayOf(5_000_000), never))).toBe(0);
    expect(production(counts.read(dayOf(7_000_000), never))).toBe(2000);
    const asked: number[][] = [];
    const closed = (fromMs: number, toMs: number) => {
      asked.push([fromMs, toMs]);
      return sumsOf(8_000_000);
    };
    expect(production(counts.read(dayOf(500_000, DAY_MS), closed))).toBe(3500);
    expect(production(counts.read(dayOf(600_000, DAY_MS), never))).toBe(3600);
    expect(asked).toEqual([[0, DAY_MS]]);
  });

  it('never goes down where a sum does, and counts nothing twice when it rises again', () => {
    const counts = countsFrom(dayOf(0));
    expect(production(counts.read(dayOf(3_000_000), never))).toBe(3000);
    expect(production(counts.read(dayOf(2_000_000), never))).toBe(3000);
    expect(production(counts.read(dayOf(2_900_000), never))).toBe(3000);
    expect(production(counts.read(dayOf(3_100_000), never))).toBe(3100);
  });

  it('counts no hour twice when another time zone moves the day back', () => {
    const counts = countsFrom(dayOf(1_000_000, DAY_MS));
    expect(production(counts.read(dayOf(4_000_000, DAY_MS - 7_200_000), never))).toBe(0);
    expect(production(counts.read(dayOf(4_500_000, DAY_MS - 7_200_000), never))).toBe(500);
  });

  it('is no series before its first known value', () => {
    const unknown = { ...dayOf(0), ...sumsOf(0, { production: undefined }) };
    expect(production(countsFrom(unknown).read(unknown, never))).toBeUndefined();
  });
});

describe('the dashboard that ships', () => {
  const file = join(import.meta.dirname, '../../assets/grafana/spillway-fleet.json');
  interface Panel {
    id: number;
    title: string;
    gridPos: { x: number; y: number; w: number; h: number };
    targets: { expr: string }[];
  }
  const dashboard = JSON.parse(readFileSync(file, 'utf8')) as {
    panels: Panel[];
    templating: { list: { definition?: string }[] };
  };

  it('asks only for what /metrics tells, with labels that it has', async () => {
    const told = seriesOf(await everything());
    const asked = [
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
      ...dashboard.templating.list.flatMap(({ definition }) => definition ?? []),
    ];
    expect(asked.length).toBeGreaterThan(25);
    for (const expr of asked) {
      const selectors = [...expr.matchAll(/(spillway_[a-z_]+)(?:\{([^}]*)\})?/g)];
      expect(selectors.length, expr).toBeGreaterThan(0);
      for (const [, name, labels = ''] of selectors) {
        const series = told.filter((line) => line.startsWith(`${name}{`));
        expect(series.length, `${name} in ${expr}`).toBeGreaterThan(0);
        for (const [, label, is, value] of labels.matchAll(/([a-z]+)(=~?)"([^"]*)"/g))
          expect(
            series.some((line) => (is === '=' ? line.includes(`${label}="${value}"`) : line.includes(`${label}="`))),
            `${label} of ${name}`,
          ).toBe(true);
        const by = /by \(([a-z, ]+)\)/.exec(expr)?.[1]?.split(', ') ?? [];
        for (const label of by) expect(series[0], expr).toContain(`${label}="`);
      }
    }
  });

  it('has panels with ids of their own that lie beside each other', () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const a of panels)
      for (const b of panels) {
        const [p, q] = [a.gridPos, b.gridPos];
        const apart = p.x + p.w <= q.x || q.x + q.w <= p.x || p.y + p.h <= q.y || q.y + q.h <= p.y;
        expect(a === b || apart, `${a.title} / ${b.title}`).toBe(true);
        expect(p.x + p.w).toBeLessThanOrEqual(24);
      }
  });
});
