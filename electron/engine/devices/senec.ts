import type { PlantReading } from '#shared/reading.ts';
import { httpFamily } from './family.ts';
import { listIn, textIn, times } from './json.ts';
import { battery, given, grid } from './normalize/directions.ts';

const ENERGY = [
  'GUI_GRID_POW',
  'GUI_BAT_DATA_POWER',
  'GUI_BAT_DATA_FUEL_CHARGE',
  'GUI_HOUSE_POW',
  'GUI_INVERTER_POWER',
];
const ASKED = {
  ENERGY: Object.fromEntries(ENERGY.map((name) => [name, ''])),
  PM1OBJ1: { FREQ: '', U_AC: '' },
};

/** SENEC.Home V2.1 to V4: one page that gives back what it is asked for, in hexadecimal. */
export const openSenec = httpFamily('open', (client, { ok }) => async (signal) => {
  const reply = await client.json('/lala.cgi', signal, { method: 'POST', body: ASKED });
  return reply.outcome === 'failed' ? reply : ok(senecReading(reply.value), reply.value);
});

/** Grid + = import, battery + = charge. */
export function senecReading(reply: unknown): PlantReading {
  const value = (name: string) => senecNumber(textIn(reply, `ENERGY.${name}`));
  const house = value('GUI_HOUSE_POW');
  const inverter = value('GUI_INVERTER_POWER');
  const soc = value('GUI_BAT_DATA_FUEL_CHARGE');
  return {
    ...grid(value('GUI_GRID_POW')),
    ...battery(value('GUI_BAT_DATA_POWER')),
    ...given({
      production: inverter === undefined ? undefined : Math.max(0, inverter),
      demand: house === undefined ? undefined : Math.max(0, house),
      soc,
      batteryFull: soc === undefined ? undefined : soc > 99.5,
      gridFrequency: times(senecNumber(textIn(reply, 'PM1OBJ1.FREQ')), 1),
      gridVoltage: times(senecNumber(textIn(listIn(reply, 'PM1OBJ1.U_AC')[0])), 1),
    }),
  };
}

/** `fl_437F0000` is a float, `u8_0D` and the like are whole numbers; anything else (`VARIABLE_NOT_FOUND`) is unknown. */
export function senecNumber(text: string | undefined): number | undefined {
  const [, kind, digits = ''] = /^(fl|u[1368]|i[1368])_([0-9A-F]{1,8})$/i.exec(text ?? '') ?? [];
  if (kind === undefined) return undefined;
  const bits = Number.parseInt(digits, 16);
  if (kind.startsWith('u')) return bits;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(bits);
  if (kind === 'fl') {
    const value = bytes.readFloatBE(0);
    return Number.isFinite(value) ? Number(value.toPrecision(7)) : undefined;
  }
  const size = 4 * digits.length;
  return bits >= 2 ** (size - 1) ? bits - 2 ** size : bits;
}
