import { expect, test } from './support.ts';

const changes = (calls: { member: string; input: unknown }[]) =>
  calls.filter(({ member }) => member === 'homeAssistant.change').map(({ input }) => input);

test('the broker is told with a user, its password goes to the key store, and it can be switched off', async ({
  stage,
}) => {
  const page = await stage.open('settings');
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Home Assistant' }) });
  await card.getByLabel('Show in Home Assistant').check();
  await card.getByLabel('MQTT broker').fill('homeassistant.local');
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(card).toContainText('An address like');
  await card.getByLabel('MQTT broker').fill('mqtt://homeassistant.local:1883');
  await card.getByLabel('User').fill('spillway');
  await card.getByLabel('Password').fill('right');
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(card).toContainText('Connected.');
  expect(changes(stage.fixture.calls)).toEqual([
    {
      settings: {
        url: 'mqtt://homeassistant.local:1883',
        prefix: 'homeassistant',
        user: 'spillway',
        secret: 'home-assistant',
      },
    },
  ]);
  expect(stage.fixture.calls).toContainEqual({
    member: 'devices.saveSecret',
    input: { name: 'home-assistant' },
  });
  await card.getByLabel('Show in Home Assistant').uncheck();
  await expect(card.getByLabel('MQTT broker')).toHaveCount(0);
  expect(changes(stage.fixture.calls).at(-1)).toEqual({});
});

test('a broker in the internet is asked about, and one of the network cannot set it', async ({ stage }) => {
  const page = await stage.open('settings');
  await page.getByLabel('Show in Home Assistant').check();
  await page.getByLabel('MQTT broker').fill('mqtts://broker.example.com:8883');
  await page.getByLabel('This broker is outside of my home network, and that is meant').check();
  await page.getByLabel('MQTT broker').press('Enter');
  await expect.poll(() => changes(stage.fixture.calls)).toMatchObject([{ settings: { beyondHome: true } }]);
});

test('a phone does not see it', async ({ stage }) => {
  stage.fixture.become('owner');
  const page = await stage.open('settings');
  await expect(page.locator('h1')).toHaveText('Settings');
  await expect(page.getByRole('heading', { name: 'Notifications' })).toBeVisible();
  await expect(page.getByLabel('Show in Home Assistant')).toHaveCount(0);
});
