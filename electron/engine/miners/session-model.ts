import { LoadModel } from '#shared/control.ts';
import type { LoadDevice } from '#shared/device.ts';
import { failed, type Failed } from '#engine/transports/fault.ts';
import type { Curve } from './curve.ts';
import type { Calibration } from './draw.ts';
import type { LoadCapabilities } from './driver.ts';
import { hotC } from './heat.ts';

/**
 * What control is told of a load: the device's own word, over it the owner's from the site file. Without levels there is
 * nothing to command.
 */
export function composeModel(device: LoadDevice, told: LoadCapabilities): { outcome: 'ok'; model: LoadModel } | Failed {
  const draft = { kind: 'miner', ...told, ...device.model, id: device.id, name: device.name };
  if (!('levels' in draft) || draft.levels === undefined)
    return failed(
      'unsupported',
      `${device.name} does not tell its power levels; write them in the site file, such as "model": { "levels": { "kind": "steps", "watts": [1200] } }`,
    );
  const model = LoadModel.safeParse(draft);
  if (model.success) return { outcome: 'ok', model: model.data };
  const [issue] = model.error.issues;
  return failed(
    'unsupported',
    `${device.name}: model.${issue?.path.join('.') ?? ''} cannot be used (${issue?.message ?? 'not valid'}); correct it in the site file`,
  );
}

/** Sharpened by what has been learned since; the owner's word stays above it. */
export function sharpen(model: LoadModel, device: LoadDevice, curve: Curve, calibration: Calibration): LoadModel {
  return {
    ...model,
    curve: device.model?.curve?.length || curve.length < 2 ? model.curve : [...curve],
    standbyW: device.model?.standbyW ?? calibration.standbyW ?? model.standbyW,
    ...(model.kind === 'miner' ? { maxTemperatureC: hotC(model).stopC } : {}),
  };
}
