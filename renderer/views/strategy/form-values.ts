import type { ControlSettings, WeeklyWindow } from '#shared/control.ts';
import type { Site } from '#shared/site.ts';

/** What stands in the fields; empty means "not set". */
export interface FormValues {
  floorPercent: string;
  targetPercent: string;
  reserveW: string;
  exportLimitW: string;
  importLimitW: string;
  marginPerKwh: string;
  withoutMarket: ControlSettings['withoutMarket'];
  quietHours: WeeklyWindow[];
  allowances: AllowanceValues[];
}

export type AllowanceValues = WeeklyWindow & { powerW: string };

const text = (value: number | undefined) => (value === undefined ? '' : String(value));

export const valuesOf = ({ control }: Site): FormValues => ({
  floorPercent: text(control.battery?.floorPercent),
  targetPercent: text(control.battery?.targetPercent),
  reserveW: text(control.reserveW),
  exportLimitW: text(control.exportLimitW),
  importLimitW: text(control.importLimitW),
  marginPerKwh: text(control.marginPerKwh),
  withoutMarket: control.withoutMarket,
  quietHours: control.quietHours,
  allowances: control.allowances.map((each) => ({ ...each, powerW: text(each.powerW) })),
});

const number = (field: string) => (field.trim() === '' ? undefined : Number(field));

const minuteOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const DAY_MINUTES = 1440;

/** Most that allowances can buy in a week, Wh. `to` at or before `from` runs past midnight. */
export const weeklyWh = (windows: readonly AllowanceValues[]): number =>
  windows.reduce((sum, { days, from, to, powerW }) => {
    const minutes = (minuteOf(to) - minuteOf(from) + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
    return sum + (days.length * minutes * Number(powerW)) / 60;
  }, 0);

type Changes = { [K in keyof ControlSettings]?: ControlSettings[K] | undefined };

/** The settings that differ from the site's; `undefined` takes a limit away. */
export function changesOf(site: Site, values: FormValues): Changes {
  const { control } = site;
  const next: Changes = {
    reserveW: number(values.reserveW) ?? 0,
    exportLimitW: number(values.exportLimitW),
    importLimitW: number(values.importLimitW),
    marginPerKwh: number(values.marginPerKwh) ?? 0,
    withoutMarket: values.withoutMarket,
    quietHours: values.quietHours,
    allowances: values.allowances.map((each) => ({ ...each, powerW: number(each.powerW) ?? 0 })),
  };
  if (control.battery) {
    next.battery = {
      ...control.battery,
      floorPercent: number(values.floorPercent) ?? 0,
      targetPercent: number(values.targetPercent) ?? 100,
    };
  }
  const differs = (key: keyof ControlSettings) => JSON.stringify(next[key]) !== JSON.stringify(control[key]);
  return Object.fromEntries(
    (Object.keys(next) as (keyof ControlSettings)[]).filter(differs).map((key) => [key, next[key]]),
  );
}
