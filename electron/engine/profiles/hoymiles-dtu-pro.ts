import type { ProfileInput } from './profile.ts';
import { HUNDREDTH, TENTH, u16, u32 } from './registers.ts';

/** Port n of the gateway: a block of 40 registers, of which 20 carry data. */
const PORTS = [0, 1, 2, 3];
const base = (port: number) => 0x1000 + 40 * port;
const rest = (port: number) => (port === 0 ? {} : ({ optional: true } as const));

export const hoymilesDtuPro = {
  protocol: 'registers',
  id: 'hoymiles-dtu-pro',
  vendor: 'Hoymiles',
  models: ['DTU-Pro', 'DTU-Pro-S with up to four ports'],
  source: 'wasilukm/hoymiles_modbus; Hoymiles "Modbus implementation DTU-Pro" V1.2, section 4',
  verifiedOnHardware: false,
  pollS: 30,
  bus: { port: 502, unit: 1, gapMs: 100, timeoutMs: 6000 },
  blocks: PORTS.map((port) => ({ at: base(port), count: 20, ...rest(port) })),
  quantities: {
    production: PORTS.map((port) => u16(base(port) + 8, { ...TENTH, ...rest(port) })),
    productionTotal: PORTS.map((port) => u32(base(port) + 10, rest(port))),
    gridVoltage: u16(base(0) + 6, TENTH),
    gridFrequency: u16(base(0) + 7, HUNDREDTH),
  },
  samples: [
    {
      name: 'two ports of one micro-inverter',
      raw: {
        holding: {
          0x1000: [0x0c11, 0x4182, 0x0001, 0x0100, 330, 52, 2301, 5000, 1500, 300, 0, 12_000, 250, 3, 0, 0, 1, 0, 0, 0],
          0x1028: [0x0c11, 0x4182, 0x0001, 0x0200, 331, 50, 2301, 5000, 1480, 290, 0, 11_000, 250, 3, 0, 0, 1, 0, 0, 0],
        },
      },
      expect: { production: 298, productionTotal: 23_000, gridVoltage: 230.1, gridFrequency: 50 },
    },
  ],
} satisfies ProfileInput;
