import { openAntminerStock } from './antminer-stock.ts';
import { openAvalon } from './avalon.ts';
import { openAxeos } from './axeos.ts';
import { openBraiinsCgminer } from './braiins-cgminer.ts';
import { openBraiinsRest } from './braiins-rest.ts';
import { openCgminer } from './cgminer.ts';
import { openProcess } from './compute.ts';
import type { OpenMinerDriver } from './driver.ts';
import { openEpic } from './epic.ts';
import { openLuxos } from './luxos.ts';
import { openMqttSwitch } from './mqtt-switch.ts';
import { openMujina } from './mujina.ts';
import { openNerdqaxe } from './nerdqaxe.ts';
import { openShellyPlugGen1, openShellyPlugGen2 } from './shelly-plug.ts';
import { openTasmotaPlug } from './tasmota-plug.ts';
import { openVnish } from './vnish.ts';
import { openWhatsminerV2 } from './whatsminer-v2.ts';
import { openWhatsminerV3 } from './whatsminer-v3.ts';
import { openXmrig } from './xmrig.ts';

/** Every family we can command, under the name a site file uses. */
export const minerDrivers: Record<string, OpenMinerDriver> = {
  'antminer-stock': openAntminerStock,
  avalon: openAvalon,
  'avalon-q': openAvalon,
  axeos: openAxeos,
  bfgminer: openCgminer,
  'braiins-cgminer': openBraiinsCgminer,
  'braiins-rest': openBraiinsRest,
  cgminer: openCgminer,
  epic: openEpic,
  luxos: openLuxos,
  'mqtt-switch': openMqttSwitch,
  mujina: openMujina,
  nerdqaxe: openNerdqaxe,
  process: openProcess,
  'shelly-plug-gen1': openShellyPlugGen1,
  'shelly-plug-gen2': openShellyPlugGen2,
  'tasmota-plug': openTasmotaPlug,
  vnish: openVnish,
  'whatsminer-v2': openWhatsminerV2,
  'whatsminer-v3': openWhatsminerV3,
  xmrig: openXmrig,
};
