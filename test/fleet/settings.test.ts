import { describe, expect, it } from 'vitest';
import { SlotExport } from '#shared/fleet.ts';
import { checkSite } from '#engine/check-site.ts';
import { site } from '../support/ledger-ticks.ts';

const given = { host: 'db.lan', user: 'spillway' };
const problemsOf = (over: object) => {
  const parsed = SlotExport.safeParse({ ...given, ...over });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('the export in a site file', () => {
  it('checks certificates unless it is told otherwise', () => {
    expect(SlotExport.parse(given)).toEqual({ ...given, port: 5432, database: 'spillway', tls: 'verify' });
  });

  it.each([
    [{ tls: 'off' }],
    [{ host: '/var/run/postgresql', tls: 'off' }],
    [{ host: 'db.example', beyondHome: true }],
    [{ ca: '/etc/ssl/fleet.pem' }],
  ])('may be %j', (over) => {
    expect(problemsOf(over)).toEqual([]);
  });

  it.each([
    [{ host: 'db.example' }, 'host: db.example is not in your home network; add "beyondHome": true if that is meant'],
    [
      { host: 'db.example', beyondHome: true, tls: 'off' },
      'tls: db.example is not in your home network: without TLS the password and the figures could be read',
    ],
    [{ tls: 'off', ca: '/x' }, 'ca: a certificate is checked only with "tls": "verify"'],
    [{ host: '/run/pg' }, 'tls: a Unix socket has no TLS: write "tls": "off" beside a host that is a folder'],
    [{ password: 'x' }, ': Unrecognized key: "password"'],
    [{ port: 0 }, 'port: Too small: expected number to be >=1'],
  ])('may not be %j', (over, message) => {
    expect(problemsOf(over)).toEqual([message]);
  });

  it('is not of a simulated site', () => {
    const fleet = { export: SlotExport.parse(given) };
    expect(checkSite(site({ fleet }))).toEqual([]);
    expect(checkSite(site({ fleet, simulated: true })).map(({ field }) => field)).toEqual(['fleet.export']);
  });
});
