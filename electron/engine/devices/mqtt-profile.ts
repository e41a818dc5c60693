import type { MqttProfile } from '../profiles/profile.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import { jsonLook } from './json-look.ts';
import { mqttFamily } from './mqtt-family.ts';
import { normalize } from './normalize/normalize.ts';

/** Listens to a family's topics as its profile says. */
export const mqttProfileFamily = (profile: MqttProfile): OpenPlantAdapter =>
  mqttFamily(profile, (payloads, device, setup) =>
    normalize(profile, jsonLook(payloads, setup, profile.defaults), device.roles),
  );
