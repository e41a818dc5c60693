import type { PlantQuantity } from '#shared/reading.ts';
import type { Profile } from './profile.ts';

/** Which quantities a profile can tell, for the list of supported devices and its test. */
export function gives(profile: Profile): PlantQuantity[] {
  const { quantities: q, meter } = profile;
  const out = new Set<PlantQuantity>();
  const add = (...names: PlantQuantity[]) => names.forEach((name) => out.add(name));
  for (const name of Object.keys(q) as (keyof typeof q)[]) {
    if (q[name] === undefined) continue;
    if (name === 'grid')
      add('import', 'export', ...(q.grid?.phases ? (['importByPhase', 'exportByPhase'] as const) : []));
    else if (name === 'battery') add('charge', 'discharge');
    else add(name);
  }
  if (meter) {
    add('import', 'export');
    for (const name of ['importTotal', 'exportTotal', 'gridVoltage', 'gridFrequency'] as const)
      if (meter[name]) add(name);
    if (meter.phases) add('importByPhase', 'exportByPhase');
  }
  for (const name of ['status', 'chargerStage', 'generatorRunning'] as const) if (profile[name]) add(name);
  for (const { sign } of profile.curtailment) {
    if (sign === 'battery-full') add('batteryFull');
    else if (sign === 'export-limit') add('exportLimit');
    else if (sign === 'output-limit') add('productionLimit', 'curtailed', 'curtailmentCause');
    else add('curtailed', 'curtailmentCause');
  }
  return [...out];
}

/** The letters of the reference: F flag, L limit, B battery, H frequency, P potential. */
export function curtailmentLetters(profile: Profile): string {
  const letters: string[] = profile.curtailment.map(({ sign }) => {
    if (sign === 'flag' || sign === 'no-flag') return 'F';
    if (sign === 'battery-full') return 'B';
    return sign === 'frequency' ? 'H' : 'L';
  });
  if (profile.quantities.potential) letters.push('P');
  if (profile.chargerStage) letters.push('B');
  return ['F', 'L', 'B', 'H', 'P'].filter((letter) => letters.includes(letter)).join(' ');
}
