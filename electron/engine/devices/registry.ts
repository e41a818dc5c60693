import { catalogue, parsedProfile } from '../profiles/catalogue.ts';
import type { Profile } from '../profiles/profile.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import { openApsystemsEcu } from './apsystems-ecu.ts';
import { codedFamilies } from './coded-families.ts';
import { openEnphase } from './enphase.ts';
import type { Framing } from './family.ts';
import { openFroniusSolarApi } from './fronius-solar-api.ts';
import { openGoodwe } from './goodwe.ts';
import { openHomeAssistant } from './home-assistant.ts';
import { openHoymilesDtuW } from './hoymiles-dtu-w.ts';
import { openHomewizard, openHomewizardBattery } from './homewizard.ts';
import { httpProfileFamily } from './http-profile.ts';
import { openAhoy, openOpenDtu } from './micro-gateways.ts';
import { mqttProfileFamily } from './mqtt-profile.ts';
import { openRctPower } from './rct-power.ts';
import { registerProfileFamily } from './register-profile.ts';
import { openSenec } from './senec.ts';
import { openShellyGen1, openShellyGen2 } from './shelly.ts';
import { openSmaEnnexos } from './sma-ennexos.ts';
import { openSmaSpeedwire } from './sma-speedwire.ts';
import { openSmaWebconnect } from './sma-webconnect.ts';
import { openSolarEdge } from './solaredge.ts';
import { openSolaxHttp } from './solax-http.ts';
import { openSunSpec } from './sunspec.ts';
import { openTasmota } from './tasmota.ts';
import { openDsmr, openSml } from './telegrams.ts';
import { openTeslaPowerwall } from './tesla-powerwall.ts';

const FRAMINGS: Record<string, Framing> = { givenergy: 'givenergy', 'studer-xcom': 'scom' };

/** An adapter for a profile, ours or the owner's. */
export function profileAdapter(profile: Profile): OpenPlantAdapter {
  return paced(openProfile(profile), profile.pollS);
}

/** Many gateways hang or lose their cloud when asked too often. */
const paced =
  (open: OpenPlantAdapter, minPollS: number): OpenPlantAdapter =>
  (device, ports) => ({ ...open(device, ports), minPollS });

function openProfile(profile: Profile): OpenPlantAdapter {
  switch (profile.protocol) {
    case 'registers':
      return registerProfileFamily(profile, FRAMINGS[profile.id] ?? 'solarman-v5');
    case 'http-json':
      return httpProfileFamily(profile);
    case 'mqtt':
      return mqttProfileFamily(profile);
  }
}

/** Profiles are parsed when the first device of their family is opened. */
const fromCatalogue = Object.fromEntries(
  catalogue.map((input): [string, OpenPlantAdapter] => {
    let open: OpenPlantAdapter | undefined;
    return [input.id, (device, ports) => (open ??= profileAdapter(parsedProfile(input)))(device, ports)];
  }),
);

const coded: Record<string, OpenPlantAdapter> = {
  sunspec: openSunSpec,
  solaredge: openSolarEdge,
  'fronius-solar-api': openFroniusSolarApi,
  'shelly-gen1': openShellyGen1,
  'shelly-gen2': openShellyGen2,
  goodwe: openGoodwe,
  'homewizard-p1': openHomewizard,
  'homewizard-kwh': openHomewizard,
  'homewizard-battery': openHomewizardBattery,
  'enphase-envoy': openEnphase,
  'tesla-powerwall': openTeslaPowerwall,
  'sma-webconnect': openSmaWebconnect,
  'sma-ennexos': openSmaEnnexos,
  senec: openSenec,
  'apsystems-ecu': openApsystemsEcu,
  'hoymiles-dtu-w': openHoymilesDtuW,
  'rct-power': openRctPower,
  'sma-speedwire': openSmaSpeedwire,
  opendtu: openOpenDtu,
  ahoy: openAhoy,
  solax: openSolaxHttp,
  'dsmr-telegram': openDsmr,
  'sml-telegram': openSml,
  'tasmota-sensor': openTasmota,
  'home-assistant': openHomeAssistant,
};

/** Every plant family by its id. */
export const plantAdapters: Record<string, OpenPlantAdapter> = {
  ...fromCatalogue,
  ...Object.fromEntries(
    Object.entries(coded).map(([id, open]) => [
      id,
      paced(open, codedFamilies.find((family) => family.id === id)?.pollS ?? 1),
    ]),
  ),
};
