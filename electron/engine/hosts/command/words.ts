import type { DeviceHealth } from '#shared/device.ts';
import type { Status } from './status.ts';

/** What nobody knows is a dash, never 0. */
const figure = (value: number | null | undefined, unit: string, digits = 0): string =>
  typeof value === 'number' ? `${value.toFixed(digits)} ${unit}` : '–';

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function statusInWords(status: Status): string {
  const { site, powers, today, loads } = status;
  const state = status.running ? `${status.stopped ? 'stopped' : status.mode} at ${status.address}` : 'not running';
  const parts = [`${site.name}${site.simulated ? ' (simulated)' : ''}: ${state}`];
  if (status.running) {
    parts.push(
      table([
        ...Object.entries(powers).map(([name, value]) => [name, figure(value, 'W')]),
        ['battery', figure(status.batteryPercent, '%')],
      ]),
    );
    if (loads.length > 0)
      parts.push(
        table([
          ['load', 'state', 'setpoint', 'draw', 'reason'],
          ...loads.map((load) => [
            load.name,
            load.state ?? '–',
            figure(load.setpointW, 'W'),
            figure(load.drawW, 'W'),
            load.reason ?? '–',
          ]),
        ]),
      );
  }
  parts.push(
    table([
      ['today, used by the loads', figure(today.minedWh, 'Wh')],
      ['of it grid-fed', `${figure(today.gridFedWh, 'Wh', 1)}${today.proof === null ? '' : ` (${today.proof})`}`],
      ['bitcoin, estimated', figure(today.sats, 'sat')],
      ['earnings', figure(today.earnings, site.currency, 2)],
    ]),
  );
  return [...parts, ...status.problems].join('\n\n');
}

export const devicesInWords = (list: readonly Partial<DeviceHealth>[]): string =>
  list.length === 0
    ? 'This site has no device yet.'
    : table([
        ['name', 'kind', 'family', 'status', 'address', ''],
        ...list.map(({ name, kind, family, status, address, fault }) => [
          name ?? '–',
          kind ?? '–',
          family ?? '–',
          status ?? '–',
          address ?? '–',
          fault?.message ?? '',
        ]),
      ]);
