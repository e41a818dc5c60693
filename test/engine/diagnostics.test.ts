import { expect, it } from 'vitest';
import { simulatedEngine } from '../support/simulated-engine.ts';

it('gives a running engine’s decisions, devices and versions, without an address or a name of its own', async () => {
  const running = await simulatedEngine('home', (site) => ({ ...site, name: 'Haus der Müllers' }));
  try {
    // Decisions are written with their slot.
    await running.run(330);
    const { text } = await running.client().diagnostics.bundle({ shellLog: ['engine on 192.168.1.9 is gone'] });
    const shown = JSON.parse(text) as Record<string, unknown>;
    expect(shown).toMatchObject({
      versions: { spillway: 'test', node: process.versions.node },
      wish: { mode: 'surplus' },
      shellLog: ['engine on ••• is gone'],
    });
    const { decision } = shown['live'] as { decision: { loads: { loadId: string }[] } };
    expect(decision.loads.map(({ loadId }) => loadId)).toEqual(running.site.loads.map((_, i) => `load-${i + 1}`));
    expect((shown['decisions'] as unknown[]).length).toBeGreaterThan(0);
    expect((shown['devices'] as unknown[]).length).toBeGreaterThan(1);
    for (const word of ['127.0.0.1', 'Müllers', ...running.site.loads.map(({ name }) => name)])
      expect(text).not.toContain(word);
    await expect(running.client('owner').diagnostics.bundle({})).rejects.toMatchObject({ code: 'forbidden' });
  } finally {
    await running.stop();
    await running.end();
  }
}, 60_000);
