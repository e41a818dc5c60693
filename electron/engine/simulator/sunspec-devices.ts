import { chance } from './noise.ts';
import type { Plant } from './plant.ts';
import type { ModelData, Points } from './sunspec-words.ts';

const MAKER = 'Spillway Simulator';

const common = (model: string, serial: string): ModelData => ({
  id: 1,
  points: { Mn: MAKER, Md: model, Opt: 'simulated', Vr: '1.0.0', SN: serial, DA: 1 },
});

/** St of models 101-103. */
const ST = { sleeping: 2, mppt: 4, throttled: 5 } as const;
/** ChaSt of models 124 and 802. */
const CHA_ST = { empty: 2, discharging: 3, charging: 4, full: 5, holding: 6 } as const;

function inverterState({ truth }: Plant): number {
  if (truth.potentialW < 5) return ST.sleeping;
  return truth.throttled ? ST.throttled : ST.mppt;
}

function chargeState({ truth, scene }: Plant): number {
  if (truth.chargeW > 20) return CHA_ST.charging;
  if (truth.dischargeW > 20) return CHA_ST.discharging;
  if (truth.socPercent >= 99.5) return CHA_ST.full;
  return truth.socPercent <= (scene.battery?.minPercent ?? 0) ? CHA_ST.empty : CHA_ST.holding;
}

/** Power on the AC side: of a hybrid inverter it has the battery in it. */
const acW = ({ truth, scene }: Plant): number =>
  truth.productionW - truth.lossW + (scene.grid === 'tied' ? truth.dischargeW - truth.chargeW : 0);

function inverterModel(plant: Plant): ModelData {
  const { truth, scene } = plant;
  const watts = acW(plant);
  const amps = Math.abs(watts) / 3 / truth.voltageV;
  return {
    id: 103,
    points: {
      A: amps * 3,
      AphA: amps,
      AphB: amps,
      AphC: amps,
      A_SF: -2,
      PhVphA: truth.voltageV,
      PhVphB: truth.voltageV - 0.8,
      PhVphC: truth.voltageV + 0.5,
      V_SF: -1,
      W: watts,
      W_SF: 0,
      Hz: truth.frequencyHz,
      Hz_SF: -2,
      VA: Math.abs(watts),
      VA_SF: 0,
      PF: 100,
      PF_SF: -2,
      WH: truth.productionWh,
      WH_SF: 0,
      ...(scene.source.kind === 'pv' ? { DCW: truth.productionW, DCW_SF: 0 } : {}),
      TmpCab: 31 + truth.productionW / 400,
      Tmp_SF: -1,
      St: inverterState(plant),
      Evt1: 0,
    },
  };
}

const nameplate = ({ scene }: Plant): ModelData => ({
  id: 120,
  points: {
    DERTyp: scene.battery && scene.grid === 'tied' ? 82 : 4,
    WRtg: scene.inverterW,
    WRtg_SF: 0,
    ...(scene.battery && scene.grid === 'tied'
      ? {
          WHRtg: scene.battery.capacityWh,
          WHRtg_SF: 0,
          MaxChaRte: scene.battery.maxChargeW,
          MaxChaRte_SF: 0,
          MaxDisChaRte: scene.battery.maxDischargeW,
          MaxDisChaRte_SF: 0,
        }
      : {}),
  },
});

const settings = ({ scene }: Plant): ModelData => ({
  id: 121,
  points: { WMax: scene.inverterW, WMax_SF: 0, VRef: 230, VRef_SF: 0, ECPNomHz: 50, ECPNomHz_SF: 0 },
});

/** WAval is left out: inverters of this class do not know what they could make. */
const status = ({ truth, scene }: Plant): ModelData => ({
  id: 122,
  points: {
    PVConn: truth.potentialW < 5 ? 1 : 7,
    StorConn: scene.battery && scene.grid === 'tied' ? 7 : 0,
    ECPConn: 1,
    ActWh: truth.productionWh,
    StSetLimMsk: 0,
    StActCtl: 0,
  },
});

const controls: ModelData = {
  id: 123,
  points: { Conn: 1, WMaxLimPct: 100, WMaxLimPct_SF: 0, WMaxLim_Ena: 0, OutPFSet_Ena: 0, VArPct_Ena: 0 },
};

/** Model 160 as hybrid inverters fill it: two strings, then charge and discharge of the battery. */
function strings(plant: Plant): ModelData {
  const { truth } = plant;
  const St = inverterState(plant);
  const module = (ID: number, IDStr: string, DCW: number, DCV: number, DCWH: number, DCSt: number): Points => ({
    ID,
    IDStr,
    DCA: DCW / DCV,
    DCV,
    DCW,
    DCWH,
    DCSt,
  });
  const night = truth.potentialW < 5;
  return {
    id: 160,
    points: { DCA_SF: -2, DCV_SF: -1, DCW_SF: 0, DCWH_SF: 0, Evt: 0, N: 4 },
    modules: [
      module(1, 'String 1', truth.productionW * 0.55, night ? 60 : 412, truth.productionWh * 0.55, St),
      module(2, 'String 2', truth.productionW * 0.45, night ? 58 : 396, truth.productionWh * 0.45, St),
      module(3, 'StCha 3', truth.chargeW, 402, truth.chargeWh, ST.mppt),
      module(4, 'StDisCha 4', truth.dischargeW, 402, truth.dischargeWh, ST.mppt),
    ],
  };
}

function storage(plant: Plant): ModelData {
  const { truth, scene } = plant;
  return {
    id: 124,
    points: {
      WChaMax: scene.battery?.maxChargeW ?? 0,
      WChaMax_SF: 0,
      StorCtl_Mod: 0,
      MinRsvPct: scene.battery?.minPercent ?? 0,
      MinRsvPct_SF: 0,
      ChaState: truth.socPercent,
      ChaState_SF: -2,
      InBatV: 402,
      InBatV_SF: 0,
      ChaSt: chargeState(plant),
      OutWRte: 100,
      InWRte: 100,
      InOutWRte_SF: 0,
      ChaGriSet: 0,
    },
  };
}

function battery(plant: Plant): ModelData {
  const { truth, scene } = plant;
  const watts = truth.dischargeW - truth.chargeW;
  return {
    id: 802,
    points: {
      WHRtg: scene.battery?.capacityWh ?? 0,
      WHRtg_SF: 0,
      WChaRteMax: scene.battery?.maxChargeW ?? 0,
      WDisChaRteMax: scene.battery?.maxDischargeW ?? 0,
      WChaDisChaMax_SF: 0,
      SoCRsvMin: scene.battery?.minPercent ?? 0,
      SoC: truth.socPercent,
      SoC_SF: -2,
      SoH: 98,
      SoH_SF: 0,
      ChaSt: chargeState(plant),
      Typ: 4,
      State: 3,
      Evt1: 0,
      V: 51.8,
      V_SF: -1,
      A: watts / 51.8,
      A_SF: -1,
      AChaMax: 95,
      ADisChaMax: 95,
      AMax_SF: 0,
      W: watts,
      W_SF: 0,
    },
  };
}

/** A bidirectional meter at the grid point, import positive, as most meters count; ±5 W of noise. */
function meter({ truth, seed }: Plant): ModelData {
  const second = Math.round(truth.atMs / 1000);
  const noiseW = 6 * (chance(seed + 81, second) + chance(seed + 82, second) - 1);
  const watts = truth.importW - truth.exportW + noiseW;
  // Loads hang on the first phase; the inverter feeds all three alike.
  const one = truth.loadsW + truth.demandW * 0.3 + (watts - truth.loadsW - truth.demandW) / 3;
  const two = truth.demandW * 0.45 + (watts - truth.loadsW - truth.demandW) / 3;
  const amps = (w: number) => Math.abs(w) / truth.voltageV;
  return {
    id: 203,
    points: {
      A: amps(one) + amps(two) + amps(watts - one - two),
      AphA: amps(one),
      AphB: amps(two),
      AphC: amps(watts - one - two),
      A_SF: -2,
      PhV: truth.voltageV,
      PhVphA: truth.voltageV,
      PhVphB: truth.voltageV - 0.8,
      PhVphC: truth.voltageV + 0.5,
      V_SF: -1,
      Hz: truth.frequencyHz,
      Hz_SF: -2,
      W: watts,
      WphA: one,
      WphB: two,
      WphC: watts - one - two,
      W_SF: 0,
      TotWhExp: truth.exportWh,
      TotWhImp: truth.importWh,
      TotWh_SF: 0,
      Evt: 0,
    },
  };
}

const NAMES = { pv: 'Sim Hybrid 6.0', wind: 'Sim Windy 10', hydro: 'Sim Hydro 4.0' } as const;

/** What each Modbus unit of a site serves now. */
export type Units = Readonly<Record<number, (plant: Plant) => readonly ModelData[]>>;

export const INVERTER_UNIT = 1;
export const BATTERY_UNIT = 2;
export const METER_UNIT = 240;

export function unitsOf({ scene }: Plant): Units {
  const head = (plant: Plant) => [
    common(NAMES[scene.source.kind], 'SIM-0001'),
    inverterModel(plant),
    nameplate(plant),
    settings(plant),
    status(plant),
    controls,
  ];
  if (scene.grid === 'island')
    return { [INVERTER_UNIT]: head, [BATTERY_UNIT]: (plant) => [common('Sim Island 5.0', 'SIM-0002'), battery(plant)] };
  const hybrid = (plant: Plant) =>
    scene.battery ? [...head(plant), strings(plant), storage(plant), battery(plant)] : head(plant);
  return { [INVERTER_UNIT]: hybrid, [METER_UNIT]: (plant) => [common('Sim Meter 3P', 'SIM-0003'), meter(plant)] };
}
