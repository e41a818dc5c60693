import { describe, expect, it } from 'vitest';
import { nameOf, withField, withKind } from '../../renderer/views/planner/plan-path.ts';

const plan = {
  name: 'Brook',
  sources: [
    { kind: 'hydro', headM: 22, flowM3s: [1, 2] },
    { kind: 'pv', tilt: 30 },
  ],
  economics: { price: { kind: 'drift', percentPerYear: 3, volatilityPercent: 55 }, paybackMonths: 36 },
  demand: { kind: 'none' },
};

describe('a field of a draft', () => {
  it('is changed where its path leads, and nothing else is', () => {
    const before = structuredClone(plan);
    const next = withField(plan, 'sources.1.tilt', 45);
    expect(next['sources']).toEqual([plan.sources[0], { kind: 'pv', tilt: 45 }]);
    expect({ ...next, sources: plan.sources }).toEqual(plan);
    expect(plan).toEqual(before);
  });

  it.each([
    ['name', 'Beck', { ...plan, name: 'Beck' }],
    ['economics.paybackMonths', 48, { ...plan, economics: { ...plan.economics, paybackMonths: 48 } }],
    ['battery.capacityWh', 5, { ...plan, battery: { capacityWh: 5 } }],
  ])('%s', (field, value, expected) => expect(withField(plan, field, value)).toEqual(expected));

  it.each([
    ['sources.0.headM', { key: 'headM' }],
    ['economics.price.kind', { key: 'price_kind' }],
    ['battery.price', { key: 'battery_price' }],
    ['economics.heat.months', { key: 'heat_months' }],
    ['loads.0.model.curve.2.drawW', { key: 'drawW', place: 3 }],
    ['sources.1.idle.0.from', { key: 'idle_from', place: 1 }],
  ])('%s has a name', (field, name) => expect(nameOf(field)).toEqual(name));
});

describe('another kind', () => {
  it('of course keeps the volatility and brings what it needs', () => {
    const next = withKind(plan, 'economics.price.kind', 'own', 0);
    expect(next['economics']).toEqual({
      price: { kind: 'own', factors: [1], volatilityPercent: 55 },
      paybackMonths: 36,
    });
  });

  it('of demand from the ledger takes the last year', () => {
    const nowMs = Date.UTC(2026, 5, 21);
    expect(withKind(plan, 'demand.kind', 'ledger', nowMs)['demand']).toEqual({
      kind: 'ledger',
      fromMs: Date.UTC(2025, 5, 21),
      toMs: nowMs,
    });
  });
});
