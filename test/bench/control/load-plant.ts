import type { LoadModel } from '#shared/control.ts';
import { isLevel, minOf } from './loads.ts';

/** One load as a device: it enforces its own limits, whatever it is told. */
export interface LoadPlant {
  model: LoadModel;
  phase: 'off' | 'starting' | 'on';
  /** The setpoint in force. */
  setpointW: number;
  drawW: number;
  miningW: number;
  writes: number;
  starts: number;
  refused: number;
  lastWriteS: number;
  startLeftS: number;
}

export function createLoadPlant(model: LoadModel): LoadPlant {
  return {
    model,
    phase: 'off',
    setpointW: 0,
    drawW: model.standbyW,
    miningW: 0,
    writes: 0,
    starts: 0,
    refused: 0,
    lastWriteS: Number.NEGATIVE_INFINITY,
    startLeftS: 0,
  };
}

/** A write of the setpoint in force is none. Stopping is always possible; every other write may be refused and is counted then. */
export function writeSetpoint(load: LoadPlant, setpointW: number, t: number, free = false): boolean {
  if (setpointW === load.setpointW) return true;
  const { model } = load;
  if (setpointW > 0 && !free) {
    const gapS = setpointW > load.setpointW ? model.raiseGapS : model.lowerGapS;
    const allowed = isLevel(model, setpointW) && t - load.lastWriteS >= gapS && load.writes < model.writesPerDay;
    if (!allowed) {
      load.refused++;
      return false;
    }
  }
  if (load.phase === 'off' && setpointW > 0) {
    load.phase = 'starting';
    load.startLeftS = model.startS;
    load.starts++;
  } else if (setpointW === 0) {
    load.phase = 'off';
  }
  load.setpointW = setpointW;
  load.lastWriteS = t;
  load.writes++;
  return true;
}

/** One second. A started load ramps up from its start draw and hashes from its minimum on; a stopped one ramps down. */
export function advanceLoad(load: LoadPlant): void {
  const { model } = load;
  if (load.phase === 'starting' && load.startLeftS <= 0) load.phase = 'on';
  if (load.phase === 'starting') {
    load.startLeftS--;
    load.drawW = towards(load.drawW, model.startW, Number.POSITIVE_INFINITY, model.rampDownWps);
  } else if (load.phase === 'on') {
    load.drawW = towards(load.drawW, load.setpointW, model.rampUpWps, model.rampDownWps);
  } else {
    load.drawW = towards(load.drawW, model.standbyW, Number.POSITIVE_INFINITY, model.rampDownWps);
  }
  load.miningW = load.phase === 'on' && load.drawW >= minOf(model) ? load.drawW : 0;
}

function towards(fromW: number, toW: number, upW: number, downW: number): number {
  return toW > fromW ? Math.min(toW, fromW + upW) : Math.max(toW, fromW - downW);
}
