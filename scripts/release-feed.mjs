// npm run release:feed -- DIR [--percent N]: makes the feeds (latest*.yml) of a release ready: who is offered it first, what is new
// by CHANGELOG.md, and the signature that the app asks for. UPDATE_SIGNING_KEY holds the private key (Ed25519, PKCS #8, base64):
//   openssl genpkey -algorithm ed25519 -outform DER | base64 -w0
// and its public half is the variable UPDATE_PUBLIC_KEY of the workflow:
//   echo KEY | base64 -d | openssl pkey -inform DER -pubout -outform DER | base64 -w0
import { createPrivateKey, sign } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, root } from './prepare.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { percent: { type: 'string' } } });
const [folder] = positionals;
if (!folder) fail('usage: npm run release:feed -- DIR [--percent N]');
const percent = Number(values.percent ?? 100);
if (!Number.isInteger(percent) || percent < 1 || percent > 100) fail(`--percent ${values.percent}: use 1 to 100.`);
const told = process.env.UPDATE_SIGNING_KEY;
if (!told) fail('UPDATE_SIGNING_KEY is not set: a release without a signature would be refused by every installation.');
const key = createPrivateKey({ key: Buffer.from(told, 'base64'), format: 'der', type: 'pkcs8' });
if (key.asymmetricKeyType !== 'ed25519') fail('UPDATE_SIGNING_KEY is no Ed25519 key.');

const feeds = globSync('latest*.yml', { cwd: folder });
if (feeds.length === 0)
  fail(`there is no feed (latest*.yml) in ${folder}: was SPILLWAY_FEED_URL set when it was built?`);
for (const feed of feeds) {
  const path = join(resolve(folder), feed);
  const built = readFileSync(path, 'utf8').replaceAll(/^(stagingPercentage:.*|releaseNotes:.*(\n {2}.*)*)\n/gm, '');
  const version = /^version:\s*['"]?([^\s'"]+)/m.exec(built)?.[1];
  if (!version) fail(`${feed} names no version`);
  const notes = notesOf(version);
  // JSON is YAML, and needs no rules of its own for quotes and lines.
  const text = `${built.trimEnd()}\nreleaseNotes: ${JSON.stringify(notes)}\nstagingPercentage: ${percent}\n`;
  writeFileSync(path, text);
  writeFileSync(`${path}.sig`, sign(null, Buffer.from(text), key).toString('base64'));
  writeFileSync(join(folder, 'notes.md'), notes);
  console.log(`${feed}: ${version}, ${percent} %, signed`);
}

/** The section of this version, without its title. */
function notesOf(version) {
  const sections = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m).slice(1);
  const found = sections.find((section) => section.split(/\s/, 1)[0] === version);
  const section = found ?? sections.find((each) => each.startsWith('Unreleased'));
  if (!found) console.error(`CHANGELOG.md has no section ${version}; what is unreleased is taken.`);
  return section?.replace(/^.*\n/, '').trim() ?? '';
}
