// The `spillway` command of the npm package.
import { homedir } from 'node:os';
import { parseCommand } from './command/command-line.ts';
import { carryOut } from './command/commands.ts';
import { defaultDataDir } from './data-dir.ts';
import { runHeadless } from './run-headless.ts';

const [verb, ...rest] = process.argv.slice(2);
if (verb === 'run') await runHeadless(rest, import.meta.url);
else {
  const dataDir = defaultDataDir(process.platform, process.env, homedir());
  const done = await carryOut(parseCommand(process.argv.slice(2), { dataDir, nowMs: Date.now() }));
  if (done.out !== undefined) process.stdout.write(`${done.out.replace(/\n$/, '')}\n`);
  if (done.problem !== undefined) process.stderr.write(`spillway: ${done.problem}\n`);
  process.exitCode = done.code;
}
