import type { PlantReading } from '#shared/reading.ts';
import { failed } from '../transports/fault.ts';
import { httpFamily } from './family.ts';
import { numberIn, textIn, times } from './json.ts';
import { battery, given, grid, sumKnown } from './normalize/directions.ts';

/** Where Data[] keeps what; it depends on the inverter's type (squishykid/solax). Pairs are low word first. */
interface Layout {
  pv: number[];
  gridVoltage: number;
  gridFrequency: number;
  batteryW?: number;
  soc?: number;
  /** + = fed in; one signed word, or two. */
  feedIn: number[];
  fedInTotal: [number, number];
  drawnTotal: [number, number];
}
const LAYOUTS: Record<number, Layout> = {
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
  const layout = LAYOUTS[type ?? -1];
  if (!layout)
    return failed(
      'unsupported',
      `${client.address}: SolaX type ${type ?? 'unknown'} is not known over HTTP; use family solax-hybrid or solax-mic over Modbus`,
    );
  return ok(solaxReading(reply.value, layout), reply.value);
});

export function solaxReading(reply: unknown, layout: Layout): PlantReading {
  const word = (at: number | undefined) => (at === undefined ? undefined : numberIn(reply, `Data.${at}`));
  const signed = (value: number | undefined, bits: 16 | 32) =>
    value !== undefined && value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
  const pair = ([low, high]: readonly number[]) => {
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
