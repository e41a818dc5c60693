import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Second } from './run.ts';

const HEADER =
  't_s,potential_w,production_w,demand_w,import_w,export_w,charge_w,discharge_w,soc_percent,draw_w,mining_w,setpoint_w,writes,starts,reason';

export const logName = (policy: string, site: string, load: string, trace: string): string =>
  `${policy}.${site}.${load}.${trace}.csv`;

/** Collects a run's seconds; `end` writes them, so that every figure can be worked out again by someone else. */
export function createLog(directory: string): { add(second: Second): void; end(name: string): void } {
  const lines = [HEADER];
  return {
    add({ t, flows, drawW, miningW, setpointW, writes, starts, reason }) {
      const powers = [
        flows.potentialW,
        flows.productionW,
        flows.demandW,
        flows.importW,
        flows.exportW,
        flows.chargeW,
        flows.dischargeW,
        flows.socPercent,
        drawW,
        miningW,
      ];
      lines.push(`${t},${powers.map(short).join(',')},${setpointW},${writes},${starts},${reason}`);
    },
    end(name) {
      writeFileSync(join(directory, name), `${lines.join('\n')}\n`);
    },
  };
}

/** To a milliwatt: a day's sum then agrees to a hundredth of a watt-hour. */
const short = (value: number): string => String(Math.round(value * 1000) / 1000);
