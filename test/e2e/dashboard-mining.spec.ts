import { expect, test } from './support/headless-host.ts';

test('a miner starts on the surplus, and none of what it mines comes from the grid', async ({ host, page }) => {
  await page.goto(host.url);
  await expect(page.getByText(/^Mining at/).first()).toBeVisible({ timeout: 45_000 });
  const health = async () =>
    (await (await fetch(`${host.origin}/healthz`)).json()) as {
      loads: { setpointW: number }[];
      ledger: { todayMinedWh: number; todayGridFedWh: number };
    };
  await expect.poll(async () => (await health()).ledger.todayMinedWh, { timeout: 45_000 }).toBeGreaterThan(0);
  const { loads, ledger } = await health();
  expect(loads.some(({ setpointW }) => setpointW > 0)).toBe(true);
  // 0.00 kWh as the page rounds it: what a meter's noise amounts to.
  expect(ledger.todayGridFedWh).toBeLessThan(5);
});
