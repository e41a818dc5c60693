// Holds the floors of .dependency-cruiser.mjs, and that every source file was looked at.
import { globSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import config from '../.dependency-cruiser.mjs';
import { root } from './prepare.mjs';

process.chdir(root);
const sources = globSync('{shared,electron,renderer}/**/*.{ts,tsx}').map((file) => file.replaceAll('\\', '/'));
const folders = [...new Set(sources.map((file) => file.split('/')[0]))];
const { forbidden } = config;
const { output } = await cruise(
  folders,
  { ...config.options, ruleSet: { forbidden }, validate: true },
  { exportsFields: ['exports'], ...config.options.enhancedResolveOptions },
);

const seen = new Set(output.modules.map((module) => module.source));
const missed = sources.filter((file) => !seen.has(file) && !file.endsWith('.d.ts'));
const { violations } = output.summary;
for (const { rule, from, to } of violations) {
  const why = forbidden.find(({ name }) => name === rule.name)?.comment;
  console.error(`${from} imports ${to}: ${rule.name}${why ? ` (${why})` : ''}`);
}
if (missed.length > 0) console.error(`not looked at: ${missed.join(', ')}`);
if (sources.length === 0) console.error('no source files found');
console.log(`layers: ${sources.length - missed.length} of ${sources.length} files, ${violations.length} violations`);
process.exitCode = violations.length > 0 || missed.length > 0 || sources.length === 0 ? 1 : 0;
