import { describe, expect, it } from 'vitest';
import { readLaunchOptions } from '../../electron/main/launch-options.ts';

describe('the command line of the shell', () => {
  it.each([
    { argv: [], options: { outcome: 'ok' } },
    { argv: ['--no-sandbox', '.'], options: { outcome: 'ok' } },
    {
      argv: ['--site', 'farm', '--speed=60'],
      options: { outcome: 'ok', choice: { kind: 'simulated', site: 'farm', speed: 60 } },
    },
    { argv: ['--speed', '2'], options: { outcome: 'ok', choice: { kind: 'simulated', site: 'home', speed: 2 } } },
    {
      argv: ['--site-file=/a=b.json', '--data', '/d'],
      options: { outcome: 'ok', choice: { kind: 'file', siteFile: '/a=b.json' }, dataDir: '/d' },
    },
    { argv: ['--site', 'moon'], options: { outcome: 'refused', message: '--site moon: use home, farm, stream.' } },
    {
      argv: ['--site', 'home', '--speed', 'fast'],
      options: { outcome: 'refused', message: '--speed fast: use a number from 1 to 240.' },
    },
    { argv: ['--data='], options: { outcome: 'refused', message: '--data needs the path of a folder.' } },
    { argv: ['--site-file'], options: { outcome: 'refused', message: '--site-file needs the path of a site file.' } },
  ])('$argv', ({ argv, options }) => {
    expect(readLaunchOptions(argv)).toEqual(options);
  });
});
