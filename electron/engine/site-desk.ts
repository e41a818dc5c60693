import type { Direction, LoadDevice, PlantDevice } from '#shared/device.ts';
import type { Site } from '#shared/site.ts';
import type { Contradiction } from '#engine/control/validate.ts';

/** Where the site is changed: one change after the other, each checked as a whole, written down, then taken over. */
export interface SiteDesk {
  /** @returns why the change was not made; empty: it was */
  change(edit: (site: Site) => Site): Promise<Contradiction[]>;
}

export interface SiteDeskPorts {
  site(): Site;
  check(next: Site): Contradiction[];
  /** Writes it down; a failure leaves all as it was. */
  save(next: Site): Promise<void>;
  /** The site is another from now on. */
  taken(next: Site, before: Site): Promise<void>;
}

export function openSiteDesk(ports: SiteDeskPorts): SiteDesk {
  let last: Promise<unknown> = Promise.resolve();

  async function make(edit: (site: Site) => Site): Promise<Contradiction[]> {
    const before = ports.site();
    const next = edit(before);
    const problems = ports.check(next);
    if (next.id !== before.id || next.simulated !== before.simulated)
      problems.push({
        field: 'id',
        message: 'A site keeps its id and stays simulated or real; make a new site file instead.',
      });
    if (problems.length > 0) return problems;
    try {
      await ports.save(next);
    } catch (cause) {
      return [
        {
          field: 'site',
          message: `The site file could not be written: ${(cause as Error).message}`,
          code: 'not-written',
        },
      ];
    }
    await ports.taken(next, before);
    return [];
  }

  return {
    // Two changes at once would each take away what the other brought.
    change(edit) {
      const made = last.then(() => make(edit));
      last = made.catch(() => undefined);
      return made;
    },
  };
}

/** @returns the list with the device in the place of its namesake, or at the end */
const withDevice = <D extends { id: string }>(devices: readonly D[], device: D): D[] =>
  devices.some(({ id }) => id === device.id)
    ? devices.map((each) => (each.id === device.id ? device : each))
    : [...devices, device];

export const savePlantDevice =
  (device: PlantDevice) =>
  (site: Site): Site => ({ ...site, devices: withDevice(site.devices, device) });

export const saveLoadDevice =
  (load: LoadDevice) =>
  (site: Site): Site => ({ ...site, loads: withDevice(site.loads, load) });

export const removeDevice =
  (gone: string) =>
  (site: Site): Site => ({
    ...site,
    devices: site.devices.filter(({ id }) => id !== gone),
    loads: site.loads.filter(({ id }) => id !== gone),
  });

/** Every device that tells this direction tells it the other way round from now on. */
export const turned =
  (direction: Direction) =>
  (site: Site): Site => ({
    ...site,
    devices: site.devices.map((device) =>
      device.roles.includes(direction) ? { ...device, swapped: toggled(device.swapped, direction) } : device,
    ),
  });

const toggled = (swapped: readonly Direction[], direction: Direction): Direction[] =>
  swapped.includes(direction) ? swapped.filter((each) => each !== direction) : [...swapped, direction];
