import { hashrateAt, type Miner } from './miner.ts';

const FREQUENCIES = [400, 425, 450, 475, 490, 500, 525, 550, 575, 600, 625];
const VOLTAGES = [1100, 1150, 1200, 1250, 1300];
const VERSION = 'v2.14.1';

/** What the owner has set; PATCH changes it. */
export interface AxeSettings {
  hostname: string;
  frequency: number;
  coreVoltage: number;
}

export interface HttpAnswer {
  status: number;
  body: unknown;
}

const round = (value: number, digits = 3) => Math.round(value * 10 ** digits) / 10 ** digits;
/** Board power follows the clock over its range. */
const wattsAt = (miner: Miner, frequency: number) =>
  round(miner.spec.minW + ((miner.spec.maxW - miner.spec.minW) * (frequency - 400)) / 225, 1);

export function createAxeSettings(miner: Miner, hostname: string): AxeSettings {
  const settings = { hostname, frequency: 525, coreVoltage: 1150 };
  miner.targetW = wattsAt(miner, settings.frequency);
  return settings;
}

function info(miner: Miner, settings: AxeSettings): HttpAnswer {
  const ghs = miner.hashrateThs * 1000;
  const volts = 5.1 - miner.drawW * 0.001;
  return {
    status: 200,
    body: {
      power: round(miner.drawW),
      voltage: round(volts * 1000, 1),
      current: round((miner.drawW / volts) * 1000, 1),
      temp: round(miner.chipC, 1),
      temp2: -1,
      vrTemp: Math.round(miner.chipC + 4),
      maxPower: 40,
      nominalVoltage: 5,
      hashRate: round(ghs),
      hashRate_1m: round(ghs),
      expectedHashrate: Math.round(hashrateAt(miner.spec.curve, miner.targetW) * 1000),
      bestDiff: miner.bestShare,
      bestSessionDiff: miner.bestShare,
      poolDifficulty: miner.spec.poolDifficulty,
      isUsingFallbackStratum: 0,
      coreVoltage: settings.coreVoltage,
      coreVoltageActual: miner.phase === 'mining' ? settings.coreVoltage - 6 : 0,
      frequency: settings.frequency,
      macAddr: '02:00:5e:00:00:01',
      hostname: settings.hostname,
      wifiStatus: 'Connected!',
      wifiRSSI: -51,
      sharesAccepted: miner.accepted,
      sharesRejected: miner.rejected,
      uptimeSeconds: Math.floor(miner.uptimeS),
      ASICModel: 'BM1370',
      stratumURL: 'pool.simulated.invalid',
      stratumPort: 3333,
      stratumUser: 'simulated.worker',
      version: VERSION,
      axeOSVersion: VERSION,
      boardVersion: '601',
      overheat_mode: 0,
      overclockEnabled: 0,
      miningPaused: miner.wanted === 'pause',
      autofanspeed: 1,
      fanspeed: miner.phase === 'paused' ? 30 : 48,
      fanrpm: miner.phase === 'paused' ? 1900 : 3900,
    },
  };
}

function asic(): HttpAnswer {
  return {
    status: 200,
    body: {
      ASICModel: 'BM1370',
      deviceModel: 'Gamma',
      asicCount: 1,
      defaultFrequency: 525,
      frequencyOptions: FREQUENCIES,
      defaultVoltage: 1150,
      voltageOptions: VOLTAGES,
    },
  };
}

function patch(miner: Miner, settings: AxeSettings, body: string): HttpAnswer {
  const wrong = (error: string): HttpAnswer => ({ status: 400, body: { error } });
  let asked: unknown;
  try {
    asked = JSON.parse(body);
  } catch {
    return wrong('invalid JSON');
  }
  if (typeof asked !== 'object' || asked === null || Array.isArray(asked)) return wrong('expected an object');
  const { frequency, coreVoltage } = asked as Record<string, unknown>;
  if (frequency !== undefined && !FREQUENCIES.includes(Number(frequency))) return wrong('frequency not allowed');
  if (coreVoltage !== undefined && !VOLTAGES.includes(Number(coreVoltage))) return wrong('coreVoltage not allowed');
  if (frequency !== undefined) settings.frequency = Number(frequency);
  if (coreVoltage !== undefined) settings.coreVoltage = Number(coreVoltage);
  miner.targetW = wattsAt(miner, settings.frequency);
  return { status: 200, body: {} };
}

/** The routes of ESP-Miner's http_server.c that matter here. */
export function answerAxeos(
  miner: Miner,
  settings: AxeSettings,
  method: string,
  path: string,
  body: string,
): HttpAnswer {
  const wish = (wanted: Miner['wanted'], message: string): HttpAnswer => {
    miner.wanted = wanted;
    return { status: 200, body: { message } };
  };
  switch (`${method} ${path}`) {
    case 'GET /api/system/info':
      return info(miner, settings);
    case 'GET /api/system/asic':
      return asic();
    case 'PATCH /api/system':
      return patch(miner, settings, body);
    case 'POST /api/system/pause':
      return wish('pause', 'Mining paused');
    case 'POST /api/system/resume':
      return wish('run', 'Mining resumed');
    case 'POST /api/system/identify':
      return { status: 200, body: { message: 'The device will say Hi!' } };
    case 'POST /api/system/restart':
      // A pause lives in RAM only: after a restart it mines.
      miner.uptimeS = 0;
      miner.phase = 'paused';
      return wish('run', 'System will restart shortly.');
    default:
      return { status: 404, body: { error: 'unknown route' } };
  }
}
