import { describe, expect, it } from 'vitest';
import { parseArguments } from '#engine/hosts/arguments.ts';

const parse = (argv: string[], ownSite = false) => parseArguments(argv, { dataDir: 'data' }, () => ownSite);

describe('headless arguments', () => {
  it.each([
    ['nothing', [], false, { source: { kind: 'simulated', name: 'home', speed: 1 }, dataDir: 'data', port: 8472 }],
    [
      'a site and a speed',
      ['--site', 'farm', '--speed', '120'],
      false,
      { source: { kind: 'simulated', name: 'farm', speed: 120 } },
    ],
    ['nothing, with an own site', [], true, { source: { kind: 'file' } }],
    [
      'a simulated site beside an own one',
      ['--site', 'stream'],
      true,
      { source: { kind: 'simulated', name: 'stream' } },
    ],
    ['a file', ['--site-file', 'x.json', '--port', '0'], false, { source: { kind: 'file', path: 'x.json' }, port: 0 }],
    ['--headless as npm start passes it on', ['--headless', '--data', 'd'], false, { dataDir: 'd' }],
  ])('takes %s', (_, argv, own, options) => {
    expect(parse(argv, own)).toMatchObject({ outcome: 'run', options });
  });

  it.each([
    [['--site', 'mars'], 'home, farm or stream'],
    [['--speed', '0'], '--speed 0'],
    [['--speed', 'NaN'], '--speed NaN'],
    [['--speed', '9', '--site-file', 'x'], 'real clock'],
    [['--port', '70000'], '--port 70000'],
    [['--port', ''], '--port'],
    [['--sped', '2'], '--sped'],
    [['--site', 'home', '--site-file', 'x'], 'not both'],
    [['stray'], 'stray'],
  ])('refuses %j and says why', (argv, named) => {
    const result = parse(argv);
    expect(result.outcome).toBe('refused');
    expect(result.outcome === 'refused' && result.message).toContain(named);
  });

  it('explains itself', () => {
    expect(parse(['--help'])).toMatchObject({ outcome: 'help', text: expect.stringContaining('--site-file') });
  });
});
