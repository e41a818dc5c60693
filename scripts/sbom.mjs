// node scripts/run.mjs scripts/sbom.mjs [FOLDER]: what is in the app, from the lock file and the installed packages:
// sbom.cdx.json (CycloneDX 1.5, written by npm) and third-party-licences.txt. Default folder: out/legal, which is packaged.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fail, root } from './prepare.mjs';
import { shippedPackages } from './shipped.mjs';

const folder = resolve(process.argv[2] ?? join(root, 'out', 'legal'));
mkdirSync(folder, { recursive: true });
const shipped = shippedPackages();
const wanted = new Set(shipped.map(({ name, version }) => `${name}@${version}`));

const asked = spawnSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === 'win32',
});
if (asked.status !== 0) fail(`npm sbom failed: ${asked.stderr}`);
const bom = JSON.parse(asked.stdout);
const refs = new Set([bom.metadata.component['bom-ref']]);
bom.components = bom.components.filter(({ group, name, version, 'bom-ref': ref }) => {
  const isShipped = wanted.has(`${group ? `${group}/` : ''}${name}@${version}`);
  if (isShipped) refs.add(ref);
  return isShipped;
});
// npm marks by package.json's lists; what is bundled is shipped all the same.
for (const component of bom.components) {
  delete component.scope;
  component.properties = component.properties?.filter(({ name }) => name !== 'cdx:npm:package:development');
}
bom.dependencies = bom.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) }));
writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`);

// The same version can lie in two folders.
const each = [...new Map(shipped.map((one) => [`${one.name}@${one.version}`, one])).values()];
const texts = each.map(({ name, version, license, folder: at }) => {
  const where = join(root, at);
  const [file] = existsSync(where) ? globSync('{LICEN[CS]E,COPYING,licen[cs]e}*', { cwd: where }).toSorted() : [];
  const text = file ? readFileSync(join(where, file), 'utf8').trim() : 'The package brings no licence text.';
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync(join(folder, 'third-party-licences.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`));
console.log(`${bom.components.length} packages in ${folder}`);
