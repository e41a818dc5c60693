import { join } from 'node:path';

/** Where the owner's data lies by each system's habit; the same folder that Electron calls userData. */
export function defaultDataDir(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (env['SPILLWAY_DATA']) return env['SPILLWAY_DATA'];
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Spillway');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Spillway');
  return join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'Spillway');
}
