import type { WordType } from './decode/registers.ts';

/** Where a point lies, counted from the model's ID register, and where its scale factor. */
export interface Point {
  at: number;
  as: WordType;
  sf?: number;
  /** Accumulators say 0 before they have counted. */
  counter?: true;
}

const p = (as: WordType, at: number, sf?: number): Point => (sf === undefined ? { at, as } : { at, as, sf });
const c = (as: WordType, at: number, sf?: number): Point => ({ ...p(as, at, sf), counter: true });

const inverterInt = {
  V: p('i16', 10, 13),
  W: p('i16', 14, 15),
  Hz: p('u16', 16, 17),
  WH: c('u32', 24, 26),
  DCW: p('i16', 31, 32),
  St: p('u16', 38),
  Evt1: p('u32', 40),
};
const inverterFloat = {
  V: p('f32', 16),
  W: p('f32', 22),
  Hz: p('f32', 24),
  WH: c('f32', 32),
  DCW: p('f32', 38),
  St: p('u16', 48),
  Evt1: p('u32', 50),
};
const meterInt = {
  V: p('i16', 8, 15),
  Hz: p('i16', 16, 17),
  W: p('i16', 18, 22),
  W1: p('i16', 19, 22),
  W2: p('i16', 20, 22),
  W3: p('i16', 21, 22),
  WhExp: c('u32', 38, 54),
  WhImp: c('u32', 46, 54),
};
const meterFloat = {
  V: p('f32', 12),
  Hz: p('f32', 26),
  W: p('f32', 28),
  W1: p('f32', 30),
  W2: p('f32', 32),
  W3: p('f32', 34),
  WhExp: c('f32', 60),
  WhImp: c('f32', 68),
};

/** Points we read, from the SunSpec Alliance's model definitions (sunspec/models). */
export const MODELS: Record<number, Record<string, Point>> = {
  101: inverterInt,
  102: inverterInt,
  103: inverterInt,
  111: inverterFloat,
  112: inverterFloat,
  113: inverterFloat,
  120: { DERTyp: p('u16', 2), WRtg: p('u16', 3, 4) },
  121: { WMax: p('u16', 2, 22) },
  122: { WAval: p('u16', 31, 32), StSetLimMsk: p('u32', 33), StActCtl: p('u32', 35) },
  123: { WMaxLimPct: p('u16', 5, 23), WMaxLim_Ena: p('u16', 9) },
  124: { ChaState: p('u16', 8, 22), ChaSt: p('u16', 11) },
  160: { N: p('u16', 8) },
  201: meterInt,
  202: meterInt,
  203: meterInt,
  204: meterInt,
  211: meterFloat,
  212: meterFloat,
  213: meterFloat,
  214: meterFloat,
  701: {
    InvSt: p('u16', 4),
    DERMode: p('u32', 8),
    W: p('i16', 10, 116),
    V: p('u16', 16, 114),
    Hz: p('u32', 17, 115),
    WH: c('u64', 19, 120),
    ThrotPct: p('u16', 110),
    ThrotSrc: p('u32', 111),
  },
  702: { WMaxRtg: p('u16', 2, 45), WMax: p('u16', 26, 45) },
  704: {
    WMaxLimPctEna: p('u16', 14),
    WMaxLimPct: p('u16', 15, 54),
    WSetEna: p('u16', 22),
    WSetMod: p('u16', 23),
    WSet: p('i32', 24, 55),
    WSetPct: p('i16', 28, 56),
  },
  713: { SoC: p('u16', 4, 8), Sta: p('u16', 6) },
  714: { NPrt: p('u16', 4) },
  802: { SoC: p('u16', 11, 56), ChaSt: p('u16', 16), W: p('i16', 47, 63) },
  64111: { State: p('u16', 12), W: p('u16', 13, 5), KWh: c('u32', 20, 7) },
  64118: { SoC: p('u16', 27) },
};

/** Registers of one module of model 160 and one port of model 714. */
export const MPPT_MODULE = { first: 10, length: 20, id: 1, idLength: 8, DCW: 11, DCW_SF: 4, DCSt: 17 };
export const DC_PORT = { first: 20, length: 25, type: 0, DCW: 12, DCW_SF: 17, state: 22 };
