import type { Live, LoadView, SiteStatus } from '#shared/contract/engine.ts';
import type { Today } from '#shared/ledger.ts';
import type { MarketView } from '#shared/market.ts';

/** What Home Assistant is told of: the streams of the contract as they are now; absent ones are unknown yet. */
export interface View {
  status: SiteStatus;
  live: Live | undefined;
  today: Today | undefined;
  market: MarketView | undefined;
  loads: readonly LoadView[];
}

export interface LoadIn extends View {
  load: LoadView;
}

/** An undefined value is unknown to Home Assistant, never 0. */
export interface Entity<V> {
  key: string;
  name: string;
  platform: 'sensor' | 'binary_sensor' | 'select' | 'switch';
  /** Further fields of its discovery, by Home Assistant's names. */
  about: Readonly<Record<string, unknown>>;
  /** Sums of today: Home Assistant is told when the day began. */
  ofToday?: true;
  /** Takes orders on a topic of its own. */
  orders?: true;
  value(view: V): string | number | boolean | undefined;
  /** Only where the site has such a thing. */
  where?(view: V): boolean;
}

type Value<V, T> = (view: V) => T | undefined;
type Measured<V> = (key: string, name: string, value: Value<V, number>) => Entity<V>;

const measured =
  <V>(about: Entity<V>['about']): Measured<V> =>
  (key, name, value) => ({
    key,
    name,
    platform: 'sensor',
    about: { state_class: 'measurement', ...about },
    value,
  });

/** W. */
export const power = <V>(...of: Parameters<Measured<V>>): Entity<V> =>
  measured<V>({ device_class: 'power', unit_of_measurement: 'W', suggested_display_precision: 0 })(...of);

export const temperature = <V>(...of: Parameters<Measured<V>>): Entity<V> =>
  measured<V>({ device_class: 'temperature', unit_of_measurement: '°C', suggested_display_precision: 0 })(...of);

export const quantity = <V>(unit: string, ...of: Parameters<Measured<V>>): Entity<V> =>
  measured<V>({ unit_of_measurement: unit })(...of);

const sumOfToday = <V>(about: Entity<V>['about'], key: string, name: string, value: Value<V, number>): Entity<V> => ({
  key,
  name,
  platform: 'sensor',
  about: { state_class: 'total', ...about },
  ofToday: true,
  value,
});

/** @param value mWh */
export const energyToday = <V>(key: string, name: string, value: Value<V, number>): Entity<V> =>
  sumOfToday<V>(
    { device_class: 'energy', unit_of_measurement: 'kWh', suggested_display_precision: 2 },
    key,
    name,
    (view) => scaled(value(view), 1e6),
  );

/** @param value millisats */
export const satsToday = <V>(key: string, name: string, value: Value<V, number>): Entity<V> =>
  sumOfToday<V>({ unit_of_measurement: 'sat', suggested_display_precision: 0 }, key, name, (view) =>
    scaled(value(view), 1000),
  );

/** @param value millionths of the currency unit */
export const moneyToday = <V>(currency: string, key: string, name: string, value: Value<V, number>): Entity<V> =>
  sumOfToday<V>(
    { device_class: 'monetary', unit_of_measurement: currency, suggested_display_precision: 2 },
    key,
    name,
    (view) => scaled(value(view), 1e6),
  );

export const oneOf = <V>(
  key: string,
  name: string,
  options: readonly string[],
  value: Value<V, string>,
): Entity<V> => ({ key, name, platform: 'sensor', about: { device_class: 'enum', options }, value });

const scaled = (value: number | undefined, by: number): number | undefined =>
  value === undefined ? undefined : value / by;
