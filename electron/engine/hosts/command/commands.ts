import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeviceHealth } from '#shared/device.ts';
import { openAtRest, type AtRest } from '#engine/at-rest.ts';
import type { Command, Parsed } from './command-line.ts';
import { askPlan } from './plan.ts';
import { findRunning, firstOf, type RunningEngine } from './running-engine.ts';
import { statusOf, type Status } from './status.ts';
import { devicesInWords, statusInWords } from './words.ts';

/** What a command says and ends with; the codes are told by `--help`. */
export interface Done {
  code: 0 | 1 | 2 | 3;
  out?: string;
  problem?: string;
}

const NOT_RUNNING = 3;

/** Asks the engine that runs on the folder; where none runs, reads what it left. */
export async function carryOut(parsed: Parsed): Promise<Done> {
  if (parsed.outcome === 'help') return { code: 0, out: parsed.text };
  if (parsed.outcome === 'refused') return { code: 2, problem: parsed.message };
  const { command } = parsed;
  const running = await findRunning(command.dataDir);
  try {
    if (running) return await ask(running, command);
    if (command.verb === 'plan')
      return { code: NOT_RUNNING, problem: 'The planner is a part of the engine: start it with spillway run.' };
    const opened = await openAtRest(command.dataDir, command.siteFile ?? join(command.dataDir, 'site.json'));
    if (opened.outcome === 'refused') return { code: NOT_RUNNING, problem: opened.message };
    try {
      return await read(opened.atRest, command);
    } finally {
      await opened.atRest.close();
    }
  } catch (cause) {
    return { code: 1, problem: cause instanceof Error ? cause.message : String(cause) };
  } finally {
    running?.close();
  }
}

async function ask({ client, address }: RunningEngine, command: Command): Promise<Done> {
  switch (command.verb) {
    case 'status': {
      const [status, live, today, loads] = await Promise.all([
        firstOf(client.site.status),
        firstOf(client.control.live),
        firstOf(client.ledger.today),
        firstOf(client.devices.loads),
      ]);
      if (!status) return { code: 1, problem: `The engine at ${address} does not say anything yet; ask again.` };
      return { code: 0, out: said(command, statusOf({ site: status, status, live, today, loads, address })) };
    }
    case 'devices':
      return { code: 0, out: devicesSaid(command, (await firstOf(client.devices.health)) ?? []) };
    case 'backup': {
      const made = await client.ledger.backUp({});
      return backedUp(command, made.outcome === 'ok' ? { outcome: 'ok', backup: made } : made);
    }
    case 'export': {
      const { fromMs, toMs, resolution, json } = command;
      const format = json ? 'json' : 'csv';
      return handOver(command, (await client.ledger.exportTable({ fromMs, toMs, resolution, format })).text);
    }
    case 'plan':
      return askPlan(client, command);
  }
}

async function read({ site, ledger, backUp }: AtRest, command: Exclude<Command, { verb: 'plan' }>): Promise<Done> {
  switch (command.verb) {
    case 'status':
      return { code: NOT_RUNNING, out: said(command, statusOf({ site, today: ledger?.today() })) };
    case 'devices': {
      const known = [
        ...site.devices.map(({ id, name, family }) => ({ id, name, family, kind: 'plant' as const })),
        ...site.loads.map(({ id, name, family }) => ({ id, name, family, kind: 'load' as const })),
      ];
      return { code: NOT_RUNNING, out: devicesSaid(command, known) };
    }
    case 'backup':
      return backedUp(command, await backUp());
    case 'export': {
      if (!ledger) return { code: 1, problem: 'There is no ledger yet: nothing was recorded.' };
      const { text } = await ledger.exportTable(command, command.json ? 'json' : 'csv');
      return handOver(command, text);
    }
  }
}

const said = ({ json }: Command, status: Status) => (json ? JSON.stringify(status, null, 2) : statusInWords(status));

const devicesSaid = ({ json }: Command, list: readonly Partial<DeviceHealth>[]) =>
  json ? JSON.stringify(list, null, 2) : devicesInWords(list);

function backedUp(
  { json }: Command,
  made: { outcome: 'ok'; backup: { file: string; bytes: number } } | { outcome: 'failed'; message: string },
): Done {
  if (made.outcome === 'failed') return { code: 1, problem: made.message };
  const { file, bytes } = made.backup;
  return { code: 0, out: json ? JSON.stringify({ file, bytes }) : `${file} (${bytes} bytes), checked` };
}

async function handOver({ out }: Extract<Command, { verb: 'export' }>, text: string): Promise<Done> {
  if (out === undefined) return { code: 0, out: text };
  await writeFile(out, text);
  return { code: 0, out };
}
