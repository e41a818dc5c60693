import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
interface Entry {
  version?: string;
  license?: string;
  integrity?: string;
  optional?: boolean;
  hasInstallScript?: boolean;
}
const packages = (JSON.parse(read('package-lock.json')) as { packages: Record<string, Entry> }).packages;
const nameOf = (folder: string) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Licences that let us ship a package inside an Apache-2.0 app, with its text beside it. */
const FREE = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'OFL-1.1',
  'Python-2.0',
  'BlueOak-1.0.0',
  '(MIT OR Apache-2.0)',
];

it('pins what is installed by its hash', () => {
  const loose = Object.entries(packages).filter(
    ([folder, { integrity, optional }]) => folder && !integrity && !optional,
  );
  expect(loose.map(([folder]) => folder)).toEqual([]);
});

it('names every package that would run a script when installed', () => {
  const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
  const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(scripted.length).toBeGreaterThan(0);
  expect(scripted.map(([folder]) => nameOf(folder)).filter((name) => !(name in allowScripts))).toEqual([]);
});

it('lists what is shipped, with licences that allow it', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-sbom-'));
  try {
    execFileSync(process.execPath, [join(root, 'scripts/sbom.mjs'), folder], { stdio: 'pipe' });
    const bom = JSON.parse(readFileSync(join(folder, 'sbom.cdx.json'), 'utf8')) as {
      bomFormat: string;
      components: { name: string; group?: string; version: string; purl: string; licenses?: object[] }[];
      dependencies: { ref: string; dependsOn: string[] }[];
    };
    expect(bom.bomFormat).toBe('CycloneDX');
    const names = bom.components.map(({ group, name }) => (group ? `${group}/${name}` : name));
    for (const shipped of ['electron', 'better-sqlite3', 'zod', 'react', 'mqtt', 'ws', 'qr', 'pino'])
      expect(names).toContain(shipped);
    for (const tool of ['vitest', 'typescript', 'electron-builder', 'playwright']) expect(names).not.toContain(tool);
    const texts = readFileSync(join(folder, 'third-party-licences.txt'), 'utf8');
    const listed = [...texts.matchAll(/^(\S+) (\d\S*) \((.+)\)$/gm)];
    expect(listed.length).toBe(bom.components.length);
    expect(listed.filter(([, , , licence]) => !FREE.includes(licence!)).map(([line]) => line)).toEqual([]);
    const refs = new Set(bom.dependencies.map(({ ref }) => ref));
    expect(bom.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
