import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCase } from './case.ts';
import { runCase, type Outcome } from './run-case.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, only: { type: 'string' } },
});
const [directory] = positionals;
if (directory === undefined) {
  console.error(
    'usage: npm run conformance -- DIR [--json FILE] [--only ID]   DIR holds one folder with case.json for each device',
  );
  process.exit(2);
}

const outcomes: Outcome[] = [];
for (const entry of readdirSync(directory, { withFileTypes: true }).toSorted((a, b) => a.name.localeCompare(b.name))) {
  if (!entry.isDirectory() || (values.only !== undefined && !entry.name.includes(values.only))) continue;
  const outcome = await runCase(loadCase(join(directory, entry.name)));
  outcomes.push(outcome);
  console.log([outcome.outcome, outcome.id, outcome.differences.join('; ')].filter((part) => part !== '').join(' '));
}

if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ cases: outcomes }, null, 2)}\n`);
const count = (outcome: Outcome['outcome']) => outcomes.filter((o) => o.outcome === outcome).length;
console.log(`${count('pass')} passed, ${count('fail')} failed, ${count('no-adapter')} skipped`);
if (outcomes.length === 0) console.error(`no cases below ${directory}`);
process.exit(count('fail') > 0 || outcomes.length === 0 ? 1 : 0);
