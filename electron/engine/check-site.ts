import type { Role } from '#shared/device.ts';
import { LoadModel } from '#shared/control.ts';
import type { Site } from '#shared/site.ts';
import { contradictions, type Contradiction } from '#engine/control/validate.ts';
import { minerDrivers } from '#engine/miners/registry.ts';
import { plantAdapters } from '#engine/devices/registry.ts';

/** Everything that must be put right before this site may run; fields are paths in the site file. Empty: nothing. */
export function checkSite(site: Site, families: readonly string[] = Object.keys(plantAdapters)): Contradiction[] {
  const has = (role: Role) => site.devices.some(({ roles }) => roles.includes(role));
  const found: Contradiction[] = [];
  site.devices.forEach(({ name, family }, i) => {
    if (!families.includes(family))
      found.push({
        field: `devices.${i}.family`,
        message: `${name}: there is no family "${family}". Known: ${[...families].toSorted().join(', ')}.`,
      });
  });
  site.loads.forEach(({ name, family }, i) => {
    if (!Object.hasOwn(minerDrivers, family))
      found.push({
        field: `loads.${i}.family`,
        message: `${name}: there is no driver "${family}". Known: ${known(minerDrivers)}.`,
      });
  });
  if (site.simulated && site.fleet?.export)
    found.push({
      field: 'fleet.export',
      message: 'The slots of a simulated site are not exported: nobody could tell them from real ones.',
    });
  // What the owner wrote of a load can contradict itself; what its device tells is checked when it tells it.
  const written = site.loads.flatMap(({ id, name, model }) => {
    const parsed = LoadModel.safeParse({ kind: 'miner', ...model, id, name });
    return parsed.success ? [parsed.data] : [];
  });
  // Without a load nothing is decided yet: what is missing can still be added.
  const growing = site.loads.length === 0;
  const meters = {
    gridMeter: growing || has('grid'),
    batteryMeter: growing || has('battery'),
    productionMeter: growing || has('production'),
  };
  const settings = { ...site.control, timeZone: site.timeZone };
  return [...found, ...contradictions(settings, written, meters).map(prefixed)];
}

const prefixed = (problem: Contradiction): Contradiction => ({
  ...problem,
  field: problem.field.startsWith('loads.') ? problem.field : `control.${problem.field}`,
});

const known = (families: Record<string, unknown>): string => Object.keys(families).toSorted().join(', ');
