import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLanAddress, lanAddresses, ownNames } from '#engine/hosts/access/lan-address.ts';
import { loginLimit } from '#engine/hosts/access/login-limit.ts';

const HOUR_MS = 3_600_000;

describe('how often a password may be tried', () => {
  test('five slips are free, then each try costs twice the wait, up to a quarter of an hour', () => {
    const limit = loginLimit();
    let nowMs = 0;
    const waits: number[] = [];
    for (let n = 0; n < 30; n += 1) {
      const waitMs = limit.take('10.0.0.2', nowMs);
      if (waitMs > 0) waits.push(waitMs / 1000);
      nowMs += waitMs;
    }
    // Six were looked at before the first wait, and one after each.
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  });

  test('whatever is tried, a day holds few tries: of one address 110, of all together 140', () => {
    const times = fc.array(fc.nat({ max: 24 * HOUR_MS }), { minLength: 2000, maxLength: 4000 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 300 }), (tries, computers) => {
        const limit = loginLimit();
        const looked = tries
          .toSorted((a, b) => a - b)
          .filter((atMs, n) => limit.take(`10.0.0.${n % computers}`, atMs) === 0);
        expect(looked.length).toBeLessThanOrEqual(computers === 1 ? 110 : 140);
      }),
      { numRuns: 30 },
    );
  });

  test('one address does not lock out another before the many', () => {
    const limit = loginLimit();
    for (let n = 0; n < 8; n += 1) limit.take('10.0.0.2', n);
    expect(limit.take('10.0.0.2', 9)).toBeGreaterThan(0);
    expect(limit.take('10.0.0.3', 9)).toBe(0);
  });

  test('the addresses of one IPv6 network are one', () => {
    const limit = loginLimit();
    const tried = Array.from({ length: 12 }, (_, n) => limit.take(`2001:db8:0:1::${n.toString(16)}`, 0));
    expect(tried.filter((waitMs) => waitMs === 0)).toHaveLength(6);
    expect(limit.take('2001:db8:0:2::1', 0)).toBe(0);
  });

  test('success clears the address, an hour of quiet too', () => {
    const limit = loginLimit();
    for (let n = 0; n < 6; n += 1) limit.take('10.0.0.2', 0);
    limit.succeeded('10.0.0.2');
    expect(limit.take('10.0.0.2', 1)).toBe(0);
    for (let n = 0; n < 9; n += 1) limit.take('10.0.0.2', 2);
    const later = 3 * HOUR_MS;
    for (let n = 0; n < 5; n += 1) expect(limit.take('10.0.0.2', later + n)).toBe(0);
  });
});

type Interfaces = NonNullable<Parameters<typeof isLanAddress>[1]>;
const base = { netmask: '', mac: '', internal: false };
const interfaces: Interfaces = {
  lo: [{ ...base, family: 'IPv4', address: '127.0.0.1', cidr: '127.0.0.1/8', internal: true }],
  eth0: [
    { ...base, family: 'IPv4', address: '192.168.1.5', cidr: '192.168.1.5/24' },
    { ...base, family: 'IPv6', address: '2001:db8:1:2::5', cidr: '2001:db8:1:2::5/64', scopeid: 0 },
  ],
  wan0: [{ ...base, family: 'IPv4', address: '203.0.113.7', cidr: '203.0.113.7/24' }],
};

test.each([
  ['192.168.1.77', true],
  ['10.9.8.7', true],
  ['172.16.0.1', true],
  ['172.31.255.255', true],
  ['169.254.3.4', true],
  ['127.0.0.1', true],
  ['::1', true],
  ['fe80::1%eth0', true],
  ['fd00::1', true],
  ['::ffff:192.168.1.9', true],
  ['2001:db8:1:2::99', true],
  ['2001:db8:1:3::99', false],
  ['203.0.113.8', false],
  ['172.32.0.1', false],
  ['192.169.0.1', false],
  ['8.8.8.8', false],
  ['::ffff:8.8.8.8', false],
  ['100.64.0.1', false],
  ['', false],
  ['localhost', false],
])('%s comes from the local network: %s', (address, expected) => {
  expect(isLanAddress(address, interfaces)).toBe(expected);
});

test('its own names are its addresses and its own name, and no other', () => {
  expect(lanAddresses(interfaces)).toEqual(['192.168.1.5']);
  expect(ownNames(interfaces, 'Farm-Pi.fritz.box')).toEqual([
    'localhost',
    '127.0.0.1',
    '[::1]',
    'farm-pi',
    'farm-pi.local',
    'farm-pi.fritz.box',
    '192.168.1.5',
    '[2001:db8:1:2::5]',
    '203.0.113.7',
  ]);
});
