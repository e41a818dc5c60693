import { expect, it } from 'vitest';
import { Site } from '#shared/site.ts';
import { openSiteDesk, removeDevice, savePlantDevice, turned } from '#engine/site-desk.ts';
import { plantDevice } from '../devices/plant.ts';

const hybrid = plantDevice('hybrid', ['grid', 'battery']);
const first = Site.parse({ version: 1, id: 'home', name: 'Home', timeZone: 'UTC', currency: 'EUR', devices: [hybrid] });

function desk(more: { save?: () => Promise<void>; refuse?: boolean } = {}) {
  let site = first;
  const saved: string[][] = [];
  const open = openSiteDesk({
    site: () => site,
    check: () => (more.refuse ? [{ field: 'x', message: 'no' }] : []),
    async save(next) {
      await (more.save ?? (() => new Promise<void>((resolve) => setImmediate(resolve))))();
      saved.push(next.devices.map(({ id }) => id));
    },
    taken: (next) => {
      site = next;
      return Promise.resolve();
    },
  });
  return { ...open, site: () => site, saved };
}

it('makes changes one after the other, so that none takes away what another brought', async () => {
  const { change, site, saved } = desk();
  await Promise.all(['a', 'b', 'c'].map((id) => change(savePlantDevice(plantDevice(id, ['demand'])))));
  expect(site().devices.map(({ id }) => id)).toEqual(['hybrid', 'a', 'b', 'c']);
  expect(saved).toHaveLength(3);
  await change(removeDevice('b'));
  await change(savePlantDevice(plantDevice('a', ['demand'], { name: 'New name' })));
  expect(site().devices.map(({ name }) => name)).toEqual(['hybrid', 'New name', 'c']);
});

it('leaves all as it was where the site is refused or cannot be written', async () => {
  const full = desk({ save: () => Promise.reject(new Error('ENOSPC: no space left on device')) });
  expect(await full.change(removeDevice('hybrid'))).toMatchObject([{ message: expect.stringContaining('ENOSPC') }]);
  expect(full.site()).toBe(first);
  const refusing = desk({ refuse: true });
  expect(await refusing.change(removeDevice('hybrid'))).toMatchObject([{ message: 'no' }]);
  expect(refusing.saved).toEqual([]);
  expect(await desk().change((site) => ({ ...site, id: 'other' }))).toMatchObject([{ field: 'id' }]);
});

it('turns the grid of a hybrid and leaves its battery as it is, and turns it back', () => {
  const once = turned('grid')(first);
  expect(once.devices[0]?.swapped).toEqual(['grid']);
  expect(turned('battery')(once).devices[0]?.swapped).toEqual(['grid', 'battery']);
  expect(turned('grid')(once).devices[0]?.swapped).toEqual([]);
});
