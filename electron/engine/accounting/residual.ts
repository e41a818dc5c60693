import type { Flows } from '#shared/ledger.ts';

/** What the known flows leave unexplained, mWh: it closes the balance, and adds up over rows like every flow. */
export function residualOf(flows: Omit<Flows, 'residual'>): number {
  const { production = 0, import: imported = 0, discharge = 0, demand = 0, draw = 0, charge = 0 } = flows;
  return production + imported + discharge - demand - draw - (flows.export ?? 0) - charge;
}
