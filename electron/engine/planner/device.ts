import type { LoadModel } from '#shared/control.ts';
import { minLevelW } from '#engine/control/response.ts';

/** One commanded load (or a row of equal ones) over the minutes, as its model says it behaves. */
export interface Device {
  model: LoadModel;
  setpointW: number;
  phase: 'off' | 'starting' | 'on';
  startLeftS: number;
  /** At the end of the minute, W. */
  drawW: number;
  /** Means of the minute. */
  meanDrawW: number;
  meanThs: number;
  starts: number;
  writes: number;
}

export const createDevice = (model: LoadModel): Device => ({
  model,
  setpointW: 0,
  phase: 'off',
  startLeftS: 0,
  drawW: model.standbyW,
  meanDrawW: model.standbyW,
  meanThs: 0,
  starts: 0,
  writes: 0,
});

/** Takes a setpoint over. @returns whether it was a start */
export function command(device: Device, setpointW: number): boolean {
  if (setpointW === device.setpointW) return false;
  const starts = device.phase === 'off' && setpointW > 0;
  if (starts) {
    device.phase = 'starting';
    device.startLeftS = device.model.startS;
    device.starts += 1;
  } else if (setpointW === 0) device.phase = 'off';
  device.setpointW = setpointW;
  device.writes += 1;
  return starts;
}

/** Lets `seconds` go by: the start at its own draw, then the ramp, then the setpoint; drawn and hashed exactly. */
export function advance(device: Device, seconds: number): void {
  const { model } = device;
  let leftS = seconds;
  let drawnWs = 0;
  let hashed = 0;
  if (device.phase === 'starting') {
    const startS = Math.min(leftS, device.startLeftS);
    device.startLeftS -= startS;
    leftS -= startS;
    device.drawW = model.startW;
    drawnWs += model.startW * startS;
    if (device.startLeftS <= 0) device.phase = 'on';
  }
  if (leftS > 0) {
    const toW = device.phase === 'on' ? device.setpointW : model.standbyW;
    const fromW = device.drawW;
    const rateWps = toW > fromW ? (device.phase === 'on' ? model.rampUpWps : Infinity) : model.rampDownWps;
    const rampS = Math.min(leftS, Math.abs(toW - fromW) / rateWps);
    const endW = rampS < leftS ? toW : fromW + Math.sign(toW - fromW) * rateWps * rampS;
    const rampWs = ((fromW + endW) / 2) * rampS;
    drawnWs += rampWs + endW * (leftS - rampS);
    if (device.phase === 'on') {
      // Below its least power it draws and does not hash.
      const leastW = minLevelW(model);
      const idleS = fromW >= leastW ? 0 : Math.min(leftS, (leastW - fromW) / rateWps);
      const hashS = leftS - idleS;
      const idleWs = fromW * idleS + (rateWps * idleS * idleS) / 2;
      if (hashS > 0)
        hashed = hashOf(model, (rampWs + endW * (leftS - rampS) - (idleS > 0 ? idleWs : 0)) / hashS) * hashS;
    }
    device.drawW = endW;
  }
  device.meanDrawW = drawnWs / seconds;
  device.meanThs = hashed / seconds;
}

/** TH/s at that draw, on straight lines between the points of the curve; below its first point in proportion. */
export function hashOf({ curve }: LoadModel, drawW: number): number {
  const first = curve[0];
  if (first === undefined) return 0;
  if (drawW <= first.drawW) return (first.hashrateThs * drawW) / first.drawW;
  for (let i = 1; i < curve.length; i += 1) {
    const high = curve[i] as { drawW: number; hashrateThs: number };
    if (drawW > high.drawW) continue;
    const low = curve[i - 1] as { drawW: number; hashrateThs: number };
    return low.hashrateThs + ((high.hashrateThs - low.hashrateThs) * (drawW - low.drawW)) / (high.drawW - low.drawW);
  }
  return (curve.at(-1) as { hashrateThs: number }).hashrateThs;
}
