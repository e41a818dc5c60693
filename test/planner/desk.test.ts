import { afterAll, expect, test } from 'vitest';
import { PlannerContract, type Run } from '#shared/contract/planner.ts';
import { fixtureSite } from '../support/fixture/site.ts';
import { testPlanner } from '../support/planner-desk.ts';

const desk = testPlanner(fixtureSite(), Date.UTC(2026, 8, 1));
const { handlers } = desk;
afterAll(() => desk.close());

const until = (id: string, fits: (run: Run) => boolean): Promise<Run> =>
  new Promise((resolve) => {
    const stop = handlers.runs((runs) => {
      const run = runs.find((each) => each.id === id);
      if (!run || !fits(run)) return;
      setImmediate(() => stop());
      resolve(run);
    });
  });

const story = async (id: string) => (await handlers.stories({})).find((each) => each.id === id)!;

test('every story is a plan that passes its own check, with a source for every figure', async () => {
  const stories = PlannerContract.stories.output.parse(await handlers.stories({}));
  expect(stories).toHaveLength(7);
  for (const { plan, assumptions } of stories) {
    expect(await handlers.check({ plan })).toEqual({ outcome: 'ok' });
    expect(assumptions.length).toBeGreaterThan(40);
    expect(assumptions.filter(({ source }) => source === '')).toEqual([]);
  }
});

test('a story runs through its year in a worker, streams, and is kept, compared and exported', async () => {
  const { plan } = await story('idle-industry');
  const started = await handlers.start({ plan, futures: 60, weatherYears: 1 });
  if (started.outcome !== 'ok') throw new Error(JSON.stringify(started.problems));
  const partial = await until(started.runId, ({ result }) => result !== undefined);
  expect(partial.state).toBe('running');
  const done = await until(started.runId, ({ state }) => state === 'done');
  const { year, money } = PlannerContract.runs.schema.parse([done])[0]!.result!;
  expect(year.months).toHaveLength(12);
  expect(money).toMatchObject({ futures: 60, weatherYears: 1 });

  const kept = await handlers.save({ plan, runId: started.runId });
  if (kept.outcome !== 'ok') throw new Error('not saved');
  expect(await handlers.compare({ ids: [kept.id] })).toMatchObject([{ name: plan.name, result: { year: {} } }]);
  const csv = await handlers.export({ runId: started.runId, format: 'csv' });
  expect(csv.outcome === 'ok' && csv.text.split('\r\n')[0]).toContain('mined_kwh');
  expect(await handlers.remove({ id: kept.id })).toEqual({ outcome: 'ok' });
  expect(await handlers.open({ id: kept.id })).toMatchObject({ outcome: 'refused' });
}, 120_000);

test('a run is cancelled within the moment', async () => {
  const { plan } = await story('remote-hydro');
  const started = await handlers.start({ plan, futures: 10, weatherYears: 20 });
  if (started.outcome !== 'ok') throw new Error('not started');
  await until(started.runId, ({ progress }) => progress > 0);
  expect(await handlers.cancel({ runId: started.runId })).toEqual({ outcome: 'ok' });
  expect((await until(started.runId, ({ state }) => state !== 'running')).state).toBe('cancelled');
}, 60_000);

test('the site itself is the beginning of a plan', async () => {
  const { plan } = await handlers.fromSite({});
  expect(await handlers.check({ plan })).toEqual({ outcome: 'ok' });
});
