import { Mode } from '#shared/control.ts';
import { Proof, type Earnings, type Flows, type Origin } from '#shared/ledger.ts';
import { CurtailmentCause } from '#shared/reading.ts';
import { STEADY_MODES } from './orders.ts';
import { energyToday, moneyToday, oneOf, power, quantity, satsToday, type Entity, type View } from './view.ts';

/** Quantities of a snapshot that are a number. */
type Read = 'production' | 'potential' | 'import' | 'export' | 'charge' | 'discharge' | 'soc' | 'gridVoltage';
type E = Entity<View>;

const read = (key: Read, { live }: View) => live?.snapshot[key]?.value;
const readPower = (key: Read, name: string) => power<View>(key, name, (view) => read(key, view));
const flow = (key: keyof Omit<Flows, 'residual' | 'curtailedMethod'>, name: string) =>
  energyToday<View>(`${key}_today`, name, ({ today }) => today?.sum.flows[key]);
const origin = (key: keyof Origin, name: string) =>
  energyToday<View>(`${key}_today`, name, ({ today }) => today?.sum.origin[key]);
type Money = Extract<keyof Earnings, `${string}Micro`>;

const onGrid = (entity: E): E => ({ ...entity, where: ({ status }) => status.hasGrid });
const withBattery = (entity: E): E => ({ ...entity, where: ({ status }) => status.hasBattery });

const powers: E[] = [
  power('surplus', 'Surplus', ({ live }) => live?.decision.surplusW),
  readPower('production', 'Production'),
  power('potential', 'Potential', ({ live }) => live?.decision.potential?.powerW),
  power('curtailed', 'Curtailed', ({ live }) => live?.decision.curtailedW),
  power('draw', 'Draw of the loads', ({ live }) => live?.drawW),
  power('demand', 'Demand', ({ live }) => live?.demandW),
  power('headroom', 'Headroom', ({ live }) => live?.decision.headroomW),
  power('reserve', 'Reserve', ({ live }) => live?.decision.reserveW),
  power('unexplained', 'Unexplained', ({ live }) => live?.unexplainedW),
  quantity('TH/s', 'hashrate', 'Hashrate', ({ live }) => live?.hashrateThs),
  oneOf(
    'curtailment_cause',
    'Cause of curtailment',
    CurtailmentCause.options,
    ({ live }) => live?.decision.curtailmentCause,
  ),
  onGrid(readPower('import', 'Import')),
  onGrid(readPower('export', 'Export')),
  onGrid({
    ...quantity<View>('V', 'grid_voltage', 'Grid voltage', (view) => read('gridVoltage', view)),
    about: { state_class: 'measurement', device_class: 'voltage', unit_of_measurement: 'V' },
  }),
  withBattery(readPower('charge', 'Battery charge')),
  withBattery(readPower('discharge', 'Battery discharge')),
  withBattery({
    ...quantity<View>('%', 'soc', 'Battery', (view) => read('soc', view)),
    about: { state_class: 'measurement', device_class: 'battery', unit_of_measurement: '%' },
  }),
];

const energies: E[] = [
  { ...flow('draw', 'Used by the loads today'), key: 'mined_today' },
  origin('gridFed', 'Grid-fed today'),
  origin('boostFed', 'Bought in boosts today'),
  origin('contracted', 'Contracted today'),
  origin('avoidedCurtailment', 'Avoided curtailment today'),
  origin('forgoneExport', 'Forgone export today'),
  origin('unproven', 'Unproven today'),
  flow('production', 'Production today'),
  flow('demand', 'Demand today'),
  flow('curtailed', 'Curtailed today'),
  onGrid(flow('import', 'Import today')),
  onGrid(flow('export', 'Export today')),
  withBattery(origin('batteryFed', 'Battery-fed today')),
  withBattery(origin('deferredCharge', 'Deferred charge today')),
  withBattery(flow('charge', 'Battery charge today')),
  withBattery(flow('discharge', 'Battery discharge today')),
];

/** Money is told in the site's currency. */
function money(currency: string): E[] {
  const today = (key: Money, name: string) =>
    moneyToday<View>(
      currency,
      `${key.replace('Micro', '')}_money_today`,
      name,
      (view) => view.today?.sum.earnings[key],
    );
  const perKwh = (key: 'importPerKwh' | 'exportPerKwh', name: string) =>
    quantity<View>(`${currency}/kWh`, key, name, ({ market }) => market?.[key]);
  return [
    satsToday('sats_today', 'Bitcoin today, estimated', ({ today: now }) => now?.sum.earnings.estimatedMsat),
    satsToday('verified_sats_today', 'Bitcoin today, by shares', ({ today: now }) => now?.sum.earnings.verifiedMsat),
    today('earningsMicro', 'Earnings today'),
    today('minedMicro', 'Mined value today'),
    today('forgoneExportMicro', 'Export revenue given up today'),
    onGrid(today('importCostMicro', 'Cost of import today')),
    onGrid(perKwh('importPerKwh', 'Import price')),
    onGrid(perKwh('exportPerKwh', 'Export price')),
  ];
}

const states: E[] = [
  oneOf('proof', 'Proof of today', Proof.shape.look.options, ({ today }) => today?.proof.look),
  oneOf('running_mode', 'Running mode', Mode.options, ({ status }) => status.wish.mode),
  {
    key: 'paused_until',
    name: 'Paused until',
    platform: 'sensor',
    about: { device_class: 'timestamp' },
    value: ({ status }) => pausedUntil(status),
  },
  {
    key: 'problem',
    name: 'Problem',
    platform: 'binary_sensor',
    about: { device_class: 'problem', entity_category: 'diagnostic' },
    value: ({ live }) => live && live.problems.length > 0,
  },
  {
    key: 'mode',
    name: 'Mode',
    platform: 'select',
    about: { options: STEADY_MODES },
    orders: true,
    // A boost is none of the choices: it can be seen and ended here, never begun.
    value: ({ status }) => (status.wish.mode === 'boost' ? undefined : status.wish.mode),
  },
  {
    key: 'pause',
    name: 'Pause',
    platform: 'switch',
    about: { icon: 'mdi:pause' },
    orders: true,
    value: ({ status }) => status.wish.stopped || pausedUntil(status) !== undefined,
  },
];

function pausedUntil({ wish, nowMs }: View['status']): string | undefined {
  const { pauseUntilMs } = wish;
  return pauseUntilMs !== undefined && pauseUntilMs > nowMs ? new Date(pauseUntilMs).toISOString() : undefined;
}

export const siteEntities = (view: View): E[] =>
  [...powers, ...energies, ...money(view.status.currency), ...states].filter(({ where }) => where?.(view) ?? true);
