import type { AddressInfo } from 'node:net';
import { ServerTCP } from 'modbus-serial';
import type { Service } from './cgminer-server.ts';
import type { Plant } from './plant.ts';
import { unitsOf } from './sunspec-devices.ts';
import { sunspecMap } from './sunspec-words.ts';

const BASE = 40_000;
/** Modbus exception codes. */
const ILLEGAL_FUNCTION = 1;
const ILLEGAL_ADDRESS = 2;
const TARGET_SILENT = 11;

const refuse = (modbusErrorCode: number): never => {
  throw Object.assign(new Error('refused'), { modbusErrorCode });
};

/** All SunSpec devices of the plant behind one Modbus TCP port, told apart by unit, as behind a real data manager. */
export function serveSunspec(plant: Plant, catchUp: () => void, wantedPort = 0): Promise<Service> {
  const units = unitsOf(plant);
  const maps = new Map<number, { atMs: number; words: Uint16Array }>();
  /** One register image a second, so that blocks read one after another agree. */
  const image = (unit: number): Uint16Array => {
    const device = units[unit] ?? refuse(TARGET_SILENT);
    catchUp();
    const known = maps.get(unit);
    if (known?.atMs === plant.truth.atMs) return known.words;
    const words = sunspecMap(device(plant));
    maps.set(unit, { atMs: plant.truth.atMs, words });
    return words;
  };
  const read = (address: number, count: number, unit: number): number[] => {
    const map = image(unit);
    const from = address - BASE;
    if (from < 0 || from + count > map.length) refuse(ILLEGAL_ADDRESS);
    return [...map.subarray(from, from + count)];
  };
  const readOnly = () => refuse(ILLEGAL_FUNCTION);
  return new Promise((resolve, reject) => {
    const server = new ServerTCP(
      {
        getHoldingRegister: (address: number, unit: number) => read(address, 1, unit)[0] ?? 0,
        getMultipleHoldingRegisters: read,
        getInputRegister: readOnly,
        getCoil: readOnly,
        getDiscreteInput: readOnly,
        setRegister: readOnly,
        setRegisterArray: readOnly,
        setCoil: readOnly,
      },
      // The library takes 0 for "not given"; as text it reaches the system, which picks a free port.
      { host: '127.0.0.1', port: (wantedPort || '0') as number, unitID: 255 },
    );
    server.on('serverError', (error) => reject(error ?? new Error('Modbus server failed')));
    server.on('socketError', () => {});
    server.on('initialized', () => {
      const inner: unknown = Reflect.get(server, '_server');
      const { port } = (inner as { address(): AddressInfo }).address();
      resolve({ port, close: () => new Promise((done) => server.close(() => done())) });
    });
  });
}
