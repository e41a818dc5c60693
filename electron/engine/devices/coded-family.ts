import type { PlantFamily } from '#shared/contract/devices.ts';
import type { Transport } from '#shared/device.ts';
import type { PlantQuantity } from '#shared/reading.ts';

export const MODBUS: Transport[] = ['modbus-tcp', 'modbus-rtu-tcp', 'modbus-rtu'];
export const GRID: PlantQuantity[] = ['import', 'export'];
export const TOTALS: PlantQuantity[] = ['importTotal', 'exportTotal'];
export const METER: PlantQuantity[] = [...GRID, ...TOTALS, 'gridVoltage'];
export const BATTERY: PlantQuantity[] = ['charge', 'discharge', 'soc'];
export const PHASES: PlantQuantity[] = ['importByPhase', 'exportByPhase'];
export const CURTAILED: PlantQuantity[] = ['curtailed', 'curtailmentCause'];
/** What a gateway of micro-inverters tells. */
export const MICRO: PlantQuantity[] = [
  'production',
  'productionTotal',
  'gridVoltage',
  'gridFrequency',
  'status',
  'productionLimit',
  ...CURTAILED,
];

/** A family whose devices need more than data. */
export type CodedFamily = Omit<PlantFamily, 'setup' | 'curtailment' | 'roles'> & {
  setup?: Record<string, string>;
  curtailment?: string;
};
