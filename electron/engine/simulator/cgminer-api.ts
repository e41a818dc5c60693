import type { Miner } from './miner.ts';

/** A reply's STATUS line and its section, if it has one. */
interface Reply {
  status: 'S' | 'I' | 'E';
  code: number;
  message: string;
  section?: string;
  entries?: readonly Record<string, unknown>[];
}

const FIRMWARE = 'simminer 4.12.0';
const MODEL = 'Simulated SHA-170';

// Codes of cgminer api.c; see API-README "Feature Changelog".
const CODE = {
  pools: 7,
  devs: 9,
  summary: 11,
  invalid: 14,
  version: 22,
  badJson: 23,
  noCommand: 24,
  restart: 42,
  privileged: 46,
  devdetails: 69,
  stats: 70,
  check: 72,
  badAsc: 107,
  alreadyOn: 108,
  alreadyOff: 109,
  on: 110,
  off: 111,
  noOption: 116,
  unsupported: 117,
  info: 118,
  set: 119,
  setError: 120,
} as const;

const fail = (code: number, message: string): Reply => ({ status: 'E', code, message });
const done = (code: number, message: string): Reply => ({ status: 'S', code, message });
const list = (code: number, message: string, section: string, ...entries: Record<string, unknown>[]): Reply => ({
  status: 'S',
  code,
  message,
  section,
  entries,
});

const mhs = (miner: Miner) => Math.round(miner.hashrateThs * 1e8) / 100;
const averageMhs = (miner: Miner) => Math.round((miner.work / Math.max(1, miner.uptimeS)) * 1e8) / 100;

function summary(miner: Miner): Reply {
  const { spec } = miner;
  return list(CODE.summary, 'Summary', 'SUMMARY', {
    Elapsed: Math.floor(miner.uptimeS),
    'MHS av': averageMhs(miner),
    'MHS 5s': mhs(miner),
    'MHS 1m': mhs(miner),
    'Found Blocks': 0,
    Accepted: miner.accepted,
    Rejected: miner.rejected,
    'Hardware Errors': 0,
    Stale: 0,
    'Total MH': Math.round(miner.work * 1e6),
    'Difficulty Accepted': miner.accepted * spec.poolDifficulty,
    'Difficulty Rejected': miner.rejected * spec.poolDifficulty,
    'Difficulty Stale': 0,
    'Best Share': miner.bestShare,
    Power: Math.round(miner.drawW),
    'Power Limit': miner.targetW,
  });
}

function devices(miner: Miner): Reply {
  return list(CODE.devs, '1 ASC(s)', 'DEVS', {
    ASC: 0,
    Name: 'SIM',
    ID: 0,
    Enabled: miner.wanted === 'run' ? 'Y' : 'N',
    Status: miner.phase === 'mining' ? 'Alive' : 'NoStart',
    Temperature: Math.round(miner.chipC * 10) / 10,
    'MHS av': averageMhs(miner),
    'MHS 5s': mhs(miner),
    Accepted: miner.accepted,
    Rejected: miner.rejected,
    'Device Elapsed': Math.floor(miner.uptimeS),
  });
}

const pools = (miner: Miner): Reply =>
  list(CODE.pools, '1 Pool(s)', 'POOLS', {
    POOL: 0,
    URL: 'stratum+tcp://pool.simulated.invalid:3333',
    Status: miner.poolAlive ? 'Alive' : 'Dead',
    Priority: 0,
    User: 'simulated.worker',
    Accepted: miner.accepted,
    Rejected: miner.rejected,
    'Stratum Active': miner.phase === 'mining',
    'Stratum Difficulty': miner.spec.poolDifficulty,
    'Difficulty Accepted': miner.accepted * miner.spec.poolDifficulty,
    'Last Share Difficulty': miner.spec.poolDifficulty,
  });

function stats(miner: Miner): Reply {
  const fan = 1200 + Math.round((4200 * miner.drawW) / miner.spec.maxW);
  return list(CODE.stats, 'CGMiner stats', 'STATS', {
    STATS: 0,
    ID: 'SIM0',
    Elapsed: Math.floor(miner.uptimeS),
    'MHS 5s': mhs(miner),
    fan_num: 2,
    fan1: fan,
    fan2: fan + 60,
    temp_max: Math.round(miner.chipC),
  });
}

/** `ascset|0,option,value`: options are the driver's own; `help` lists them, as API-README asks. */
function ascset(miner: Miner, parameter: string): Reply {
  const { minW, maxW } = miner.spec;
  const [id, option, value] = parameter.split(',');
  if (id !== '0') return fail(CODE.badAsc, `Invalid ASC id ${id} - range is 0 - 0`);
  if (!option) return fail(CODE.noOption, 'Missing option after ASC number');
  if (option === 'help')
    return { status: 'I', code: CODE.info, message: `ASC 0 set info: power: range ${minW}-${maxW} W` };
  if (option !== 'power') return fail(CODE.setError, `ASC 0 set failed: Unknown option: ${option}`);
  const watts = Number(value);
  if (!value || !Number.isInteger(watts) || watts < minW || watts > maxW)
    return fail(CODE.setError, `ASC 0 set failed: invalid power '${value ?? ''}', range ${minW}-${maxW}`);
  miner.targetW = watts;
  return done(CODE.set, 'ASC 0 set OK');
}

function enable(miner: Miner, on: boolean, parameter: string): Reply {
  if (parameter !== '0') return fail(CODE.badAsc, `Invalid ASC id ${parameter} - range is 0 - 0`);
  if ((miner.wanted === 'run') === on)
    return {
      status: 'I',
      code: on ? CODE.alreadyOn : CODE.alreadyOff,
      message: `ASC 0 already ${on ? 'en' : 'dis'}abled`,
    };
  miner.wanted = on ? 'run' : 'pause';
  return done(on ? CODE.on : CODE.off, `ASC 0 set to ${on ? 'en' : 'dis'}able`);
}

function wish(miner: Miner, wanted: Miner['wanted']): Reply {
  miner.wanted = wanted;
  return done(CODE.set, wanted === 'run' ? 'Resumed' : 'Paused');
}

function restart(miner: Miner): Reply {
  miner.uptimeS = 0;
  if (miner.phase === 'mining') miner.phase = 'paused';
  return done(CODE.restart, 'RESTART');
}

const COMMANDS: Readonly<Record<string, (miner: Miner, parameter: string) => Reply>> = {
  summary,
  devs: devices,
  pools,
  stats,
  version: () =>
    list(CODE.version, 'CGMiner versions', 'VERSION', { CGMiner: '4.12.0', API: '3.7', Miner: FIRMWARE, Type: MODEL }),
  devdetails: () =>
    list(CODE.devdetails, 'Device Details', 'DEVDETAILS', {
      DEVDETAILS: 0,
      Name: 'SIM',
      ID: 0,
      Driver: 'sim',
      Model: MODEL,
    }),
  privileged: () => done(CODE.privileged, 'Privileged access OK'),
  check: (_miner, command) =>
    list(CODE.check, 'Check command', 'CHECK', {
      Exists: command in COMMANDS ? 'Y' : 'N',
      Access: command in COMMANDS ? 'Y' : 'N',
    }),
  ascset,
  ascenable: (miner, id) => enable(miner, true, id),
  ascdisable: (miner, id) => enable(miner, false, id),
  pause: (miner) => wish(miner, 'pause'),
  resume: (miner) => wish(miner, 'run'),
  restart,
};

/** @returns the bytes of the answer, in the form of the question: JSON, or `command|parameter` text */
export function answerCgminer(miner: Miner, request: string, atMs: number): string {
  const text = request.trim();
  if (!text.startsWith('{')) {
    const [command = '', parameter = ''] = text.split('|');
    return asText(run(miner, command, parameter), atMs);
  }
  let asked: { command?: unknown; parameter?: unknown };
  try {
    asked = JSON.parse(text) as typeof asked;
  } catch {
    return asJson(fail(CODE.badJson, 'Invalid JSON'), atMs);
  }
  if (typeof asked.command !== 'string') return asJson(fail(CODE.noCommand, 'Missing JSON "command"'), atMs);
  const { parameter = '' } = asked;
  return asJson(
    run(
      miner,
      asked.command,
      typeof parameter === 'number' ? `${parameter}` : typeof parameter === 'string' ? parameter : '',
    ),
    atMs,
  );
}

function run(miner: Miner, command: string, parameter: string): Reply {
  const handler = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  return handler ? handler(miner, parameter) : fail(CODE.invalid, 'Invalid command');
}

const statusOf = ({ status, code, message }: Reply, atMs: number) => ({
  STATUS: status,
  When: Math.floor(atMs / 1000),
  Code: code,
  Msg: message,
  Description: FIRMWARE,
});

function asJson(reply: Reply, atMs: number): string {
  const section = reply.section ? { [reply.section]: reply.entries } : {};
  return `${JSON.stringify({ STATUS: [statusOf(reply, atMs)], ...section, id: 1 })}\0`;
}

function asText(reply: Reply, atMs: number): string {
  const pairs = (entry: object) =>
    Object.entries(entry)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(',');
  const sections = (reply.entries ?? []).map((entry) => `${reply.section},${pairs(entry)}|`);
  return `${pairs(statusOf(reply, atMs))}|${sections.join('')}\0`;
}
