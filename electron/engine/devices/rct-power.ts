import type { PlantReading } from '#shared/reading.ts';
import { failed } from '../transports/fault.ts';
import { rctAnswers, rctQuestions } from '../transports/rct-frame.ts';
import { tcpExchange } from '../transports/tcp-exchange.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import { contextOf, unsuitable } from './family.ts';
import { battery, given, grid, sumKnown } from './normalize/directions.ts';

/** Objects by their ids, 32-bit floats (rctclient registry; evcc-io/rct). */
const OBJECTS = {
  stringA: 0xb531_7b78,
  stringB: 0xaa9a_a253,
  /** + = discharge. */
  battery: 0x400f_015b,
  /** + = import. */
  grid: 0x9161_7c58,
  /** 0 to 1. */
  soc: 0x9599_30bf,
  household: 0x1ac8_7aa0,
  totalA: 0xfc72_4a9e,
  totalB: 0x68ee_fd3d,
  /** Some firmware counts it downwards from 0. */
  exported: 0x44d4_c533,
  imported: 0x62fb_e7dc,
} as const;
type RctObject = keyof typeof OBJECTS;
const NAMES = Object.keys(OBJECTS) as RctObject[];
const QUESTIONS = rctQuestions(Object.values(OBJECTS));
/** Other listeners' answers come on the same line. */
const MAX_BYTES = 16_384;
const TIMEOUT_MS = 6000;

/** RCT Power Storage and Power Inverter over their own binary protocol: all objects asked at once, on one short connection. */
export const openRctPower: OpenPlantAdapter = (device, ports) => {
  const { connection } = device;
  if (connection.transport !== 'tcp') return unsuitable(device, 'tcp');
  const { ok } = contextOf(device, ports);
  const { host, port } = connection;
  return {
    async read(signal) {
      const complete = (bytes: Buffer) => Object.keys(rctValues(bytes)).length === NAMES.length;
      const reply = await tcpExchange(
        { host, port },
        QUESTIONS,
        { complete, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS },
        signal,
      );
      if (reply.outcome === 'failed') return reply;
      const values = rctValues(reply.bytes);
      if (Object.keys(values).length > 0) return ok(rctReading(values), values);
      return failed('garbage', `${host}:${port} does not answer as an RCT Power inverter; check the device type`);
    },
    close: () => Promise.resolve(),
  };
};

export type RctValues = Partial<Record<RctObject, number>>;

/** The floats among the answers; what is no number is absent. */
export function rctValues(bytes: Uint8Array): RctValues {
  const values: RctValues = {};
  for (const { id, value } of rctAnswers(bytes)) {
    const name = NAMES.find((each) => OBJECTS[each] === id);
    const number = name && value.length === 4 ? value.readFloatBE(0) : Number.NaN;
    if (name && Number.isFinite(number)) values[name] = number;
  }
  return values;
}

const positive = (value: number | undefined) => (value === undefined ? undefined : Math.max(0, value));

export function rctReading(values: RctValues): PlantReading {
  const { stringA, stringB, soc, household, totalA, totalB, exported, imported } = values;
  const percent = soc === undefined ? undefined : soc * 100;
  return {
    ...grid(values.grid),
    ...battery(values.battery === undefined ? undefined : -values.battery),
    ...given({
      production: sumKnown([positive(stringA), positive(stringB)]),
      productionTotal: sumKnown([totalA, totalB]),
      demand: positive(household),
      exportTotal: exported === undefined ? undefined : Math.abs(exported),
      importTotal: imported === undefined ? undefined : Math.abs(imported),
      soc: percent,
      batteryFull: percent === undefined ? undefined : percent > 99,
    }),
  };
}
