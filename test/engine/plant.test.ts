import { expect, it } from 'vitest';
import { openPlant } from '#engine/plant.ts';
import type { PlantAdapter } from '#engine/devices/adapter.ts';
import { plantDevice, testPorts } from '../devices/plant.ts';

const meter = plantDevice('meter', ['grid']);
const inverter = plantDevice('inverter', ['production']);

it('swaps one device in while the others go on undisturbed', async () => {
  const happened: string[] = [];
  const ports = testPorts();
  const plant = openPlant([meter, inverter], {
    ...ports,
    onNews: () => undefined,
    adapter: (family) => (device) => {
      happened.push(`open ${device.id} ${family}`);
      const adapter: PlantAdapter = {
        read: () => Promise.resolve({ outcome: 'ok', atMs: ports.clock.now(), reading: { import: 5, export: 0 } }),
        close: () => Promise.resolve(void happened.push(`close ${device.id}`)),
      };
      return adapter;
    },
  });
  await ports.clock.advance(0);
  expect(plant.snapshot(ports.clock.now(), {}).import?.value).toBe(5);
  happened.length = 0;
  await plant.use([meter, { ...inverter, name: 'Other name' }, plantDevice('battery', ['battery'])]);
  expect(happened).toEqual(['close inverter', 'open inverter sunspec', 'open battery sunspec']);
  expect(plant.snapshot(ports.clock.now(), {}).import?.value).toBe(5);
  expect(plant.health().map(({ name }) => name)).toEqual(['meter', 'Other name', 'battery']);
  happened.length = 0;
  await plant.use([meter], 'sunspec');
  expect(happened.toSorted()).toEqual(['close battery', 'close inverter', 'close meter', 'open meter sunspec']);
  happened.length = 0;
  await plant.use([meter], 'meter');
  expect(happened).toEqual(['close meter', 'open meter sunspec']);
  await plant.close();
});
