import type { PlantReading } from '#shared/reading.ts';
import { failed } from '../transports/fault.ts';
import { httpFamily } from './family.ts';
import { listIn, numberIn, textIn, times } from './json.ts';
import { battery, given, grid, sumKnown } from './normalize/directions.ts';

/** Where Data[] keeps what; it depends on the inverter's type (squishykid/solax). Pairs are low word first. */
interface Layout {
  pv: readonly number[];
  gridVoltage: number;
  gridFrequency: number;
  batteryW?: number;
  soc?: number;
  /** + = fed in; one signed word, or two. */
  feedIn: readonly number[];
  fedInTotal?: readonly [number, number];
  drawnTotal?: readonly [number, number];
  /** PV energy, 0.1 kWh. */
  madeTotal?: readonly [number, number];
}
const X1_STRING = { pv: [7, 8], gridVoltage: 0, gridFrequency: 9, feedIn: [48] } satisfies Layout;
const X3_FEED_IN = { feedIn: [72, 73], fedInTotal: [74, 75], drawnTotal: [76, 77] } as const;

const LAYOUTS: Record<number, Layout> = {
  // X1 Boost, X1 Air, X1 Mini: totals of one word overflow.
  4: X1_STRING,
  // X3 Hybrid, Pocket WiFi 2.034
  5: {
    pv: [13, 14],
    gridVoltage: 0,
    gridFrequency: 15,
    batteryW: 26,
    soc: 28,
    feedIn: [65],
    fedInTotal: [67, 68],
    drawnTotal: [69, 70],
    madeTotal: [89, 90],
  },
  // X1 Smart
  8: X1_STRING,
  // X3 Hybrid G4
  14: {
    pv: [14, 15],
    gridVoltage: 0,
    gridFrequency: 16,
    batteryW: 41,
    soc: 103,
    feedIn: [34, 35],
    fedInTotal: [86, 87],
    drawnTotal: [88, 89],
    madeTotal: [80, 81],
  },
  // X1 Hybrid G4
  15: {
    pv: [8, 9],
    gridVoltage: 0,
    gridFrequency: 3,
    batteryW: 16,
    soc: 18,
    feedIn: [32],
    fedInTotal: [34, 35],
    drawnTotal: [36, 37],
  },
  // X3 MIC Pro G2
  16: { pv: [15, 16, 17], gridVoltage: 0, gridFrequency: 18, madeTotal: [22, 23], ...X3_FEED_IN },
  // X1 Boost G4
  18: { pv: [13, 14], gridVoltage: 0, gridFrequency: 2, madeTotal: [19, 20], ...X3_FEED_IN },
};

/** SolaX Pocket dongles: all values in one array by POST; the password is the dongle's serial number. */
export const openSolaxHttp = httpFamily('open', (client, { device, ok, password }) => async (signal) => {
  const serial = password ?? String(device.setup['serial'] ?? '');
  const reply = await client.json('/', signal, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `optType=ReadRealTimeData&pwd=${encodeURIComponent(serial)}`,
  });
  if (reply.outcome === 'failed') return reply;
  const type = numberIn(reply.value, 'type');
  const reading = solaxReading(reply.value);
  if (!reading)
    return failed(
      'unsupported',
      `${client.address}: SolaX type ${type ?? 'unknown'} is not known over HTTP; use family solax-hybrid or solax-mic over Modbus`,
    );
  return ok(reading, reply.value);
});

/** @returns undefined where the type of the inverter is unknown */
export function solaxReading(reply: unknown): PlantReading | undefined {
  const layout = LAYOUTS[numberIn(reply, 'type') ?? -1];
  if (!layout) return undefined;
  // Pocket WiFi 3 writes `data`, older ones `Data`.
  const key = listIn(reply, 'data').length > 0 ? 'data' : 'Data';
  const word = (at: number | undefined) => (at === undefined ? undefined : numberIn(reply, `${key}.${at}`));
  const signed = (value: number | undefined, bits: 16 | 32) =>
    value !== undefined && value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
  const pair = ([low, high]: readonly number[] = []) => {
    const [l, h] = [word(low), word(high)];
    return l === undefined || h === undefined ? undefined : h * 65_536 + l;
  };
  const feedIn = layout.feedIn.length === 1 ? signed(word(layout.feedIn[0]), 16) : signed(pair(layout.feedIn), 32);
  const soc = word(layout.soc);
  return {
    ...grid(feedIn === undefined ? undefined : -feedIn),
    ...battery(signed(word(layout.batteryW), 16)),
    ...given({
      production: sumKnown(layout.pv.map(word)),
      productionTotal: times(pair(layout.madeTotal), 100),
      exportTotal: times(pair(layout.fedInTotal), 10),
      importTotal: times(pair(layout.drawnTotal), 10),
      soc,
      batteryFull: soc === undefined ? undefined : soc > 99.5,
      gridVoltage: times(word(layout.gridVoltage), 0.1),
      gridFrequency: times(word(layout.gridFrequency), 0.01),
      firmware: textIn(reply, 'ver'),
      serial: textIn(reply, 'sn'),
    }),
  };
}
