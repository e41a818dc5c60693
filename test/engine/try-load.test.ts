import { afterEach, expect, it } from 'vitest';
import { simulatedEngine } from '../support/simulated-engine.ts';

let home: Awaited<ReturnType<typeof simulatedEngine>>;
afterEach(() => home.end());

it('tries a miner without commanding it, and runs no program', { timeout: 30_000 }, async () => {
  home = await simulatedEngine('home');
  await home.run(3);
  const client = home.client();
  const asic = home.simulator.site.loads.find(({ id }) => id === 'asic')!;
  expect(await client.devices.tryLoad({ device: asic })).toMatchObject({
    outcome: 'ok',
    reading: { state: 'paused' },
    capabilities: { levels: { kind: 'range' } },
  });
  expect(home.simulator.truth().loads['asic']?.starts).toBe(0);
  expect(await client.devices.tryLoad({ device: { ...asic, family: 'nonesuch' } })).toMatchObject({
    outcome: 'failed',
  });
  const program = {
    ...asic,
    family: 'process',
    connection: { transport: 'process' as const, start: ['touch', '/tmp/x'] },
  };
  expect(await client.devices.tryLoad({ device: program })).toMatchObject({
    outcome: 'failed',
    fault: { message: expect.stringContaining('site file') },
  });
  await home.stop();
});
