import { expect, test } from 'vitest';
import type { WhichSite } from '#shared/site.ts';
import type { Engine } from '#engine/engine-options.ts';
import { runSites, type RunnerPorts } from '#engine/hosts/site-runner.ts';
import { portPair } from '../support/port-pair.ts';

/** Engines and simulators that only write down what becomes of them. */
function stage(refuse?: string) {
  const happened: string[] = [];
  let ask: (which: WhichSite) => void = () => undefined;
  let beginnings = 0;
  const parts: RunnerPorts = {
    first: { kind: 'simulated', name: 'farm', speed: 20 },
    siteFile: '/site.json',
    simulate(source) {
      happened.push(`simulate ${source.name}`);
      return Promise.resolve({ simulated: {} as never, stop: () => happened.push('simulator ends') });
    },
    open(simulator, switchTo) {
      ask = switchTo;
      beginnings += 1;
      const name = simulator ? 'simulated' : 'own';
      if (name === refuse) return Promise.resolve({ outcome: 'refused', message: `${name} refused` });
      happened.push(`${name} begins`);
      const engine = {
        serve: () => happened.push(`${name} serves`),
        health: () => ({ status: name }),
        stop: () => Promise.resolve([`miner of ${name}`].slice(0, happened.push(`${name} ends`) && 1)),
      };
      return Promise.resolve({ outcome: 'ok', engine: engine as unknown as Engine });
    },
    say: (line) => happened.push(line),
  };
  return { parts, happened, switchTo: (which: WhichSite) => ask(which), beginnings: () => beginnings };
}

const begun = async (parts: RunnerPorts) => {
  const started = await runSites(parts);
  if (started.outcome === 'refused') throw new Error(started.message);
  return started.runner;
};

test('goes from the simulated site to the own one and back, and sends pages to the new engine', async () => {
  const { parts, happened, switchTo } = stage();
  const runner = await begun(parts);
  const [near, far] = portPair();
  let closed = 0;
  near.onClose(() => (closed += 1));
  runner.serve(far, 'owner');
  switchTo('own');
  await expect.poll(() => closed).toBe(1);
  expect(happened).toEqual([
    'simulate farm',
    'simulated begins',
    'simulated serves',
    'simulated ends',
    'simulator ends',
    'miner of simulated did not confirm that it stopped. Switch it off at its plug.',
    'own begins',
  ]);
  expect(runner.health()).toEqual({ status: 'own' });
  happened.length = 0;
  switchTo('simulated');
  await expect.poll(() => happened).toContain('simulated begins');
  expect(await runner.stop()).toEqual(['miner of simulated']);
});

test('goes back to where it was when the other site cannot be opened', async () => {
  const { parts, happened, switchTo, beginnings } = stage('own');
  const runner = await begun(parts);
  switchTo('own');
  await expect.poll(beginnings).toBe(3);
  await expect.poll(() => runner.health()).toEqual({ status: 'simulated' });
  expect(happened).toContain('own refused');
  await runner.stop();
});

test('begins the same site anew, so that what waits for the next start is carried out', async () => {
  const { parts, happened, switchTo } = stage();
  const runner = await begun({ ...parts, first: { kind: 'file', path: '/site.json' } });
  switchTo('own');
  await expect.poll(() => happened.filter((line) => line === 'own begins')).toHaveLength(2);
  expect(happened.indexOf('own ends')).toBeLessThan(happened.lastIndexOf('own begins'));
  await runner.stop();
});
