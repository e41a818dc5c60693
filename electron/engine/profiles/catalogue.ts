import { abbB2x } from './abb-b2x.ts';
import { carloGavazzi } from './carlo-gavazzi.ts';
import { deyeSinglePhase } from './deye-single-phase.ts';
import { deyeString } from './deye-string.ts';
import { deyeThreePhase, deyeThreePhaseHv } from './deye-three-phase.ts';
import { eastronSinglePhase, eastronThreePhase } from './eastron-sdm.ts';
import { epeverTracer } from './epever-tracer.ts';
import { foxessH1 } from './foxess-h1.ts';
import { foxessH3Smart } from './foxess-h3-smart.ts';
import { foxessH3 } from './foxess-h3.ts';
import { givenergy } from './givenergy.ts';
import { goodweDt } from './goodwe-dt.ts';
import { goodweEt } from './goodwe-et.ts';
import { growattClassic } from './growatt-classic.ts';
import { growattSpf } from './growatt-spf.ts';
import { growattSph } from './growatt-sph.ts';
import { growattTlx } from './growatt-tlx.ts';
import { hoymilesDtuPro } from './hoymiles-dtu-pro.ts';
import { apsystemsEz1, genericHttp, kostalPiko, mystrom, openems, sonnen, zendure } from './http-devices.ts';
import { huaweiEmma } from './huawei-emma.ts';
import { huaweiSun2000 } from './huawei-sun2000.ts';
import { kostalPlenticore } from './kostal-plenticore.ts';
import { midniteClassic } from './midnite-classic.ts';
import { alphaEss, ankerSolix, e3dc, marstekVenus, sajH2, sigenergy, sofarG3 } from './more-hybrids.ts';
import { morningstarProstarMppt, morningstarTristarMppt } from './morningstar.ts';
import { genericMqtt, opendtuMqtt, shellyMqtt, zigbee2mqtt } from './mqtt-devices.ts';
import { Profile, type ProfileInput } from './profile.ts';
import { schneiderMppt, schneiderXw } from './schneider-conext.ts';
import { smaBattery, smaDataManager, smaHybrid, smaInverter } from './sma-inverter.ts';
import { solaredgeStorage } from './solaredge-storage.ts';
import { solaxHybrid } from './solax-hybrid.ts';
import { solaxMic } from './solax-mic.ts';
import { solisHybrid } from './solis-hybrid.ts';
import { solisString } from './solis-string.ts';
import { studerXcom } from './studer-xcom.ts';
import { sungrowSg } from './sungrow-sg.ts';
import { sungrowSh } from './sungrow-sh.ts';
import { victronGx } from './victron-gx.ts';

/** Every profile of this folder, as written. */
export const catalogue: readonly ProfileInput[] = [
  abbB2x,
  alphaEss,
  ankerSolix,
  carloGavazzi,
  deyeSinglePhase,
  deyeString,
  deyeThreePhase,
  deyeThreePhaseHv,
  e3dc,
  eastronSinglePhase,
  eastronThreePhase,
  epeverTracer,
  foxessH1,
  foxessH3,
  foxessH3Smart,
  givenergy,
  goodweDt,
  goodweEt,
  growattClassic,
  growattSpf,
  growattSph,
  growattTlx,
  hoymilesDtuPro,
  huaweiEmma,
  huaweiSun2000,
  kostalPlenticore,
  marstekVenus,
  midniteClassic,
  morningstarProstarMppt,
  morningstarTristarMppt,
  sajH2,
  schneiderMppt,
  schneiderXw,
  sigenergy,
  smaBattery,
  smaDataManager,
  smaHybrid,
  smaInverter,
  sofarG3,
  solaredgeStorage,
  solaxHybrid,
  solaxMic,
  solisHybrid,
  solisString,
  studerXcom,
  sungrowSg,
  sungrowSh,
  victronGx,
  apsystemsEz1,
  genericHttp,
  kostalPiko,
  mystrom,
  openems,
  sonnen,
  zendure,
  genericMqtt,
  opendtuMqtt,
  shellyMqtt,
  zigbee2mqtt,
];

/** A profile with its defaults filled in; throws where one of ours is malformed, which the catalogue test finds. */
export function parsedProfile(input: ProfileInput): Profile {
  return Profile.parse(input);
}
