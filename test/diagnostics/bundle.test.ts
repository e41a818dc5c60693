import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarketSettings } from '#shared/market.ts';
import { Site } from '#shared/site.ts';
import { bundle, type BundleInput } from '#engine/diagnostics/bundle.ts';
import { scrubber } from '#engine/diagnostics/scrub.ts';
import { worldOf } from '../support/fixture/scenes.ts';
import { fixtureSite } from '../support/fixture/site.ts';

/** Every text in it is one that must not be seen. */
const site = Site.parse({
  ...fixtureSite(),
  id: 'muellers-mill',
  name: 'Mühle der Müllers',
  control: { location: { latitude: 52.123456, longitude: 13.654321 } },
  devices: [
    {
      id: 'karls-meter',
      name: 'Karls Zähler',
      family: 'shelly-gen2',
      roles: ['grid'],
      connection: { transport: 'http', host: 'zaehler.fritz.box', user: 'karl-user', secret: 'karl-secret-name' },
      setup: { serialNumber: 'SN-4711-0815' },
    },
  ],
  loads: [
    {
      id: 'annas-job',
      name: 'Annas Rechner',
      family: 'process',
      connection: {
        transport: 'process',
        start: ['/opt/annas-tool', '--key=abcd1234efgh'],
        directory: '/srv/annas-place',
      },
    },
    {
      id: 'heater',
      name: 'Heizstab',
      family: 'mqtt-switch',
      connection: { transport: 'mqtt', url: 'mqtt://broker.mueller.example:1883', topic: 'mueller/heater/set' },
      plug: { family: 'shelly-gen2', connection: { transport: 'http', host: '192.168.77.31' } },
    },
  ],
  homeAssistant: { url: 'mqtts://ha.mueller.example:8883', user: 'ha-of-karl', secret: 'ha-secret-name' },
});
const passwords: Record<string, string> = {
  'karl-secret-name': 'Pässwort "mit" \\ allem/&',
  'ha-secret-name': 'hunter22',
  'pool-secret-name': 'pool-token-99',
};
const hidden = [
  'Mühle der Müllers',
  'muellers-mill',
  '52.123456',
  '13.654321',
  'Karls Zähler',
  'karls-meter',
  'zaehler.fritz.box',
  'karl-user',
  'karl-secret-name',
  'SN-4711-0815',
  'annas-job',
  'Annas Rechner',
  'annas-tool',
  'abcd1234efgh',
  'annas-place',
  'Heizstab',
  'broker.mueller.example',
  'ha.mueller.example',
  'mueller/heater/set',
  '192.168.77.31',
  'ha-of-karl',
  'ha-secret-name',
  'pool-secret-name',
  'owner-at-pool',
  ...Object.values(passwords).flatMap((word) => [word, JSON.stringify(word).slice(1, -1), encodeURIComponent(word)]),
];

function input(over: Partial<BundleInput> = {}): BundleInput {
  const world = worldOf('normal');
  const reason = { id: 'too-hot', subject: 'Annas Rechner' } as const;
  return {
    ...world,
    nowMs: Date.UTC(2026, 5, 21),
    versions: { spillway: '0.1.0' },
    site,
    marketSettings: MarketSettings.parse({
      pools: [{ id: 'p', kind: 'ocean', user: 'owner-at-pool', secret: 'pool-secret-name' }],
    }),
    decisions: [{ atMs: 1, loadId: 'annas-job', kind: 'stop', setpointW: 0, reason }],
    violations: [],
    ledger: {},
    log: [],
    shellLog: [],
    secret: (name) => passwords[name],
    ...over,
  };
}

/** What is to be hidden, in every place where it may turn up. */
const everywhere = hidden.map((word, i) => ({
  atMs: i,
  id: 'x',
  level: 'warn' as const,
  message: `${word} says ${word}.`,
}));
const lines = hidden.map((word) => JSON.stringify({ level: 50, err: { message: `cannot reach ${word}` } }));

describe('a diagnostics file', () => {
  it('holds nothing private, wherever it stood', () => {
    const world = worldOf('normal');
    const [health] = world.health;
    const { text } = bundle(
      input({
        events: everywhere,
        log: lines,
        shellLog: hidden,
        ledger: { problem: { message: `/home/karl/${hidden[0]} is full` } },
        health: hidden.map((word) => ({
          ...health!,
          address: word,
          fault: { kind: 'timeout' as const, message: word },
        })),
        live: {
          ...world.live,
          problems: hidden.map((word) => ({ quantity: 'import', deviceId: word, message: word })),
        },
      }),
    );
    expect(hidden.filter((word) => text.includes(word))).toEqual([]);
    expect(text).not.toContain('/home/karl');
  });

  it('tells what a helper needs: versions, settings, decisions with their reasons, and who is who by a number', () => {
    const { name, text } = bundle(input({ events: everywhere }));
    expect(name).toBe('spillway-diagnostics-2026-06-21.json');
    const shown = JSON.parse(text) as { decisions: object[]; live: object };
    expect(shown).toMatchObject({
      format: 'spillway-diagnostics',
      versions: { spillway: '0.1.0' },
      site: {
        currency: 'EUR',
        control: { hasLocation: true },
        devices: [
          { id: 'device-1', family: 'shelly-gen2', connection: { transport: 'http', port: 80, hasSecret: true } },
        ],
        loads: [
          { id: 'load-1' },
          { id: 'load-2', connection: { transport: 'mqtt', urlPort: '1883', hasSecret: false } },
        ],
      },
      decisions: [{ loadId: 'load-1', reason: { id: 'too-hot', subject: 'load-1' } }],
    });
    expect(shown.live).toMatchObject({ decision: { surplusW: 2080 } });
  });
});

describe('the scrubber', () => {
  it('finds any password in any line, as it is, in JSON and in an address', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6, maxLength: 40 }).filter((word) => word.trim().length > 5 && !/^[•\s]*$/.test(word)),
        fc.constantFrom('', '"', 'x', '/', ' '),
        (word, around) => {
          const scrub = scrubber([{ word, instead: '•••', anywhere: true }]);
          const line = `${around}${word}${around} ${JSON.stringify({ word })} http://h/?t=${encodeURIComponent(word)}`;
          expect(scrub.text(line)).not.toContain(word);
        },
      ),
    );
  });

  it.each([
    ['mqtt://me:pw@10.1.2.3:1883 is gone', 'mqtt://•••@•••:1883 is gone'],
    ['from aa:bb:cc:dd:ee:ff at fe80::1ff:fe23:4567:890a', 'from ••• at •••'],
    ['mail karl@example.org', 'mail •••'],
    ['C:\\Users\\karl\\site.json and /home/karl/x', 'C:\\Users\\•••\\site.json and /home/•••/x'],
    ['{"token":"abc.def","Authorization: Bearer xyz"}', '{"token":"•••","Authorization: ••• •••"}'],
    ['paid to bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', 'paid to •••'],
    ['inverter.local does not answer', '••• does not answer'],
    ['1.5 kWh at 12:30:15, version 0.1.0', '1.5 kWh at 12:30:15, version 0.1.0'],
  ])('%s', (line, shown) => expect(scrubber([]).text(line)).toBe(shown));

  it('leaves other words alone that hold a short one', () =>
    expect(scrubber([{ word: 'meter', instead: 'device-1' }]).text('meter: meter-stale, perimeter')).toBe(
      'device-1: meter-stale, perimeter',
    ));
});
