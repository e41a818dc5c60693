import { expect, test } from 'vitest';
import { sunspecMap } from '#engine/simulator/sunspec-words.ts';

/** Values whose first word differs from that of an empty point, for counters. */
const tellTale: Record<string, number> = { WH: 65_536, TotWhExp: 65_536, TotWhImp: 65_536, ActWh: 2 ** 48 };

/** Length and offsets from the ID register, by the published models. */
test.each([
  [1, 66, { Mn: 2, Md: 18, Opt: 34, Vr: 42, SN: 50, DA: 66 }],
  [
    103,
    50,
    {
      A: 2,
      PhVphA: 10,
      V_SF: 13,
      W: 14,
      W_SF: 15,
      Hz: 16,
      Hz_SF: 17,
      VA: 18,
      VAr: 20,
      PF: 22,
      WH: 24,
      WH_SF: 26,
      DCA: 27,
      DCV: 29,
      DCW: 31,
      DCW_SF: 32,
      TmpCab: 33,
      Tmp_SF: 37,
      St: 38,
      StVnd: 39,
      Evt1: 40,
    },
  ],
  [120, 26, { DERTyp: 2, WRtg: 3, WRtg_SF: 4, WHRtg: 19, AhrRtg: 21, MaxChaRte: 23, MaxDisChaRte: 25 }],
  [121, 30, { WMax: 2, WGra: 12, ECPNomHz: 20, WMax_SF: 22 }],
  [
    122,
    44,
    { PVConn: 2, StorConn: 3, ECPConn: 4, ActWh: 5, WAval: 31, WAval_SF: 32, StSetLimMsk: 33, StActCtl: 35, RtSt: 43 },
  ],
  [123, 24, { Conn: 4, WMaxLimPct: 5, WinTms: 6, RvrtTms: 7, RmpTms: 8, WMaxLim_Ena: 9, WMaxLimPct_SF: 23 }],
  [
    124,
    24,
    {
      WChaMax: 2,
      StorCtl_Mod: 5,
      MinRsvPct: 7,
      ChaState: 8,
      StorAval: 9,
      InBatV: 10,
      ChaSt: 11,
      OutWRte: 12,
      InWRte: 13,
      ChaGriSet: 17,
      WChaMax_SF: 18,
      ChaState_SF: 22,
      InOutWRte_SF: 25,
    },
  ],
  [
    203,
    105,
    {
      PhV: 7,
      PhVphA: 8,
      V_SF: 15,
      Hz: 16,
      Hz_SF: 17,
      W: 18,
      WphA: 19,
      W_SF: 22,
      TotWhExp: 38,
      TotWhImp: 46,
      TotWh_SF: 54,
      Evt: 105,
    },
  ],
  [
    802,
    62,
    {
      WHRtg: 3,
      WChaRteMax: 4,
      SoC: 11,
      SoH: 13,
      ChaSt: 16,
      State: 22,
      V: 34,
      A: 44,
      AChaMax: 45,
      ADisChaMax: 46,
      W: 47,
      SoC_SF: 56,
      V_SF: 59,
      A_SF: 61,
      AMax_SF: 62,
      W_SF: 63,
    },
  ],
])('model %d is %d long and has its points where they belong', (id, length, offsets) => {
  const empty = sunspecMap([{ id, points: {} }]);
  expect([...empty.subarray(0, 4)]).toEqual([0x5375, 0x6e53, id, length]);
  expect([...empty.subarray(-2)]).toEqual([0xffff, 0]);
  for (const [name, offset] of Object.entries(offsets)) {
    const filled = sunspecMap([{ id, points: { [name]: tellTale[name] ?? (id === 1 && name !== 'DA' ? 'x' : 1) } }]);
    const first = filled.findIndex((word, i) => word !== empty[i]);
    expect([name, first - 2]).toEqual([name, offset]);
  }
});

test('model 160 has 8 + 20 registers a module', () => {
  const map = sunspecMap([
    {
      id: 160,
      points: { N: 2, DCW_SF: 0 },
      modules: [
        { ID: 1, DCW: 500 },
        { ID: 2, DCW: 300, DCSt: 5 },
      ],
    },
  ]);
  expect(map[3]).toBe(48);
  expect(map[2 + 8]).toBe(2);
  expect([map[2 + 10 + 11], map[2 + 30 + 11], map[2 + 30 + 17]]).toEqual([500, 300, 5]);
});

test('a point without a value reads as its marker, one with a value is scaled', () => {
  const map = sunspecMap([
    { id: 103, points: { W: -1234.6, W_SF: 0, Hz: 49.987, Hz_SF: -2, WH: 4_812_000, WH_SF: 0 } },
  ]);
  const at = (offset: number) => map[2 + offset];
  expect([at(14), at(15), at(16), at(17)]).toEqual([-1235 & 0xffff, 0, 4999, -2 & 0xffff]);
  expect([at(24), at(25)]).toEqual([4_812_000 >> 16, 4_812_000 & 0xffff]);
  expect([at(2), at(6), at(18), at(38), at(40), at(41)]).toEqual([0xffff, 0x8000, 0x8000, 0xffff, 0xffff, 0xffff]);
});
