import type { Problem } from '#shared/contract/done.ts';
import type { ControlSettings, LoadModel } from '#shared/control.ts';
import { maxLevelW, minLevelW } from './response.ts';

/** A setting that contradicts another, by its path in the site file, with what to do. */
export type Contradiction = Problem;

/** What the site has to read from. */
export interface SiteMeters {
  gridMeter: boolean;
  batteryMeter: boolean;
  productionMeter: boolean;
}

/** @returns everything that must be put right before control may run; empty: nothing */
export function contradictions(
  settings: ControlSettings,
  loads: readonly LoadModel[],
  meters: SiteMeters,
): Contradiction[] {
  const found: Contradiction[] = [];
  const refuse: Refuse = (field, message, code, values) =>
    void found.push({ field, message, ...(code && { code }), ...(values && { values }) });
  checkBattery(settings, meters, refuse);
  checkGrid(settings, meters, refuse);
  if (settings.probe.perProbeWh > settings.probe.perHourWh)
    refuse(
      'probe.perProbeWh',
      `One probe may use ${settings.probe.perProbeWh} Wh but an hour of them only ${settings.probe.perHourWh} Wh: lower it or raise probe.perHourWh.`,
      'probe-budget',
      { probeWh: settings.probe.perProbeWh, hourWh: settings.probe.perHourWh },
    );
  if (!knownZone(settings.timeZone))
    refuse('timeZone', `"${settings.timeZone}" is no time zone: use a name like Europe/Berlin.`);
  const ids = new Set<string>();
  for (const load of loads) {
    if (ids.has(load.id)) refuse(`loads.${load.id}.id`, `Two loads are called "${load.id}": give each its own id.`);
    ids.add(load.id);
  }
  for (const load of loads) checkLoad(load, ids, refuse);
  return found;
}

type Refuse = (field: string, message: string, code?: string, values?: Problem['values']) => void;

function checkBattery({ battery, connection }: ControlSettings, meters: SiteMeters, refuse: Refuse): void {
  if (battery === undefined) {
    if (connection === 'off-grid' && !meters.productionMeter)
      refuse(
        'battery',
        'An off-grid site needs its battery or a production meter to tell the surplus: add one.',
        'off-grid-blind',
      );
    return;
  }
  if (battery.floorPercent > battery.targetPercent)
    refuse(
      'battery.floorPercent',
      `The floor of ${battery.floorPercent} % lies above the target of ${battery.targetPercent} %: lower it.`,
      'floor-above-target',
      { floorPercent: battery.floorPercent, targetPercent: battery.targetPercent },
    );
  if (!meters.batteryMeter)
    refuse(
      'battery',
      'A battery is set but no device reads it: add its inverter or remove the battery.',
      'battery-unread',
    );
}

function checkGrid(settings: ControlSettings, meters: SiteMeters, refuse: Refuse): void {
  const { connection, exportLimitW, demandBoundW, importLimitW } = settings;
  if (connection === 'off-grid') {
    if (exportLimitW !== undefined && exportLimitW > 0)
      refuse('exportLimitW', 'An off-grid site cannot export: remove the export limit.', 'off-grid-export');
    if (importLimitW !== undefined)
      refuse('importLimitW', 'An off-grid site cannot import: remove the import limit.', 'off-grid-import');
    return;
  }
  if (meters.gridMeter) return;
  if (exportLimitW !== undefined)
    refuse(
      'exportLimitW',
      'An export limit needs a grid meter to see it: add one or remove the limit.',
      'export-limit-unread',
    );
  if (importLimitW !== undefined)
    refuse(
      'importLimitW',
      'An import limit needs a grid meter to see it: add one or remove the limit.',
      'import-limit-unread',
    );
  if (demandBoundW === undefined)
    refuse(
      'demandBoundW',
      'Without a grid meter a bound on the demand must be given: add a meter or set demandBoundW.',
      'no-meter-no-bound',
    );
  else if (!meters.productionMeter)
    refuse('demandBoundW', 'A demand bound needs a production meter beside it: add one.', 'bound-needs-production');
}

function checkLoad(load: LoadModel, ids: ReadonlySet<string>, refuse: Refuse): void {
  const at = `loads.${load.id}`;
  const minW = minLevelW(load);
  const maxW = maxLevelW(load);
  if (load.levels.kind === 'range') {
    if (minW > maxW)
      refuse(`${at}.levels.minW`, `The minimum of ${minW} W lies above the maximum of ${maxW} W: swap them.`);
    else if (load.levels.stepW > maxW - minW && maxW > minW)
      refuse(
        `${at}.levels.stepW`,
        `A step of ${load.levels.stepW} W does not fit between ${minW} W and ${maxW} W: lower it.`,
      );
  } else if (load.levels.watts.some((watts, i, all) => i > 0 && watts <= (all[i - 1] ?? 0)))
    refuse(`${at}.levels.watts`, 'The levels must ascend: sort them and drop doubles.');
  if (load.standbyW >= minW)
    refuse(
      `${at}.standbyW`,
      `A standby draw of ${load.standbyW} W is not below the lowest level of ${minW} W: check both.`,
    );
  if (load.startW > maxW)
    refuse(`${at}.startW`, `The draw while starting, ${load.startW} W, lies above the maximum of ${maxW} W: lower it.`);
  if (load.curve.some((point, i) => i > 0 && point.drawW <= (load.curve[i - 1]?.drawW ?? 0)))
    refuse(`${at}.curve`, 'The points of the curve must ascend in watts: sort them.');
  if (load.writesPerDay < load.startsPerDay * 2)
    refuse(
      `${at}.writesPerDay`,
      `${load.startsPerDay} starts and stops a day need ${load.startsPerDay * 2} writes, but only ${load.writesPerDay} are allowed: raise it or lower startsPerDay.`,
    );
  if (load.sharesWith !== undefined && !ids.has(load.sharesWith))
    refuse(`${at}.sharesWith`, `There is no load "${load.sharesWith}": check the id.`);
}

function knownZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
