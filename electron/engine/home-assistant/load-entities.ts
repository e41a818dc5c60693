import { ReasonId } from '#shared/control.ts';
import { DeviceHealth } from '#shared/device.ts';
import { LoadState } from '#shared/reading.ts';
import { energyToday, oneOf, power, quantity, satsToday, temperature, type Entity, type LoadIn } from './view.ts';

const idOf = ({ load }: LoadIn) => load.health.id;
const read = (view: LoadIn) => view.live?.snapshot.loads[idOf(view)];
const decided = (view: LoadIn) => view.live?.decision.loads.find(({ loadId }) => loadId === idOf(view));
const summed = (view: LoadIn) => view.today?.byLoad.find(({ loadId }) => loadId === idOf(view));

/** A load without a hashrate or a temperature tells an unknown one. */
export const loadEntities: readonly Entity<LoadIn>[] = [
  power('draw', 'Draw', (view) => read(view)?.draw?.value),
  power('setpoint', 'Setpoint', (view) => decided(view)?.setpointW),
  oneOf('state', 'State', LoadState.options, (view) => read(view)?.state?.value),
  oneOf('reason', 'Reason', ReasonId.options, (view) => decided(view)?.reason.id),
  quantity('TH/s', 'hashrate', 'Hashrate', (view) => read(view)?.hashrate?.value),
  temperature('temperature', 'Temperature', (view) => read(view)?.temperature?.value),
  energyToday('energy_today', 'Energy today', (view) => summed(view)?.draw),
  satsToday('sats_today', 'Bitcoin today, estimated', (view) => summed(view)?.estimatedMsat),
  quantity('starts', 'starts_today', 'Starts today', ({ load }) => load.startsToday),
  {
    ...oneOf('connection', 'Connection', DeviceHealth.shape.status.options, ({ load }: LoadIn) => load.health.status),
    about: { device_class: 'enum', options: DeviceHealth.shape.status.options, entity_category: 'diagnostic' },
  },
];
