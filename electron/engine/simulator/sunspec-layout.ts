/**
 * Points of the SunSpec models a simulated device serves, in the order of the published model definitions
 * (github.com/sunspec/models, json/model_N.json), ID and length left out. `name:type`, or `name:type*scale factor`.
 * Types: u uint16, i int16, e enum16 or bitfield16, f scale factor, a acc32, l uint32, b bitfield32, A acc64, sN text of N registers, p pad.
 */
export const LAYOUTS: Readonly<Record<number, string>> = {
  1: 'Mn:s16 Md:s16 Opt:s8 Vr:s8 SN:s16 DA:u Pad:p',
  103: [
    'A:u*A_SF AphA:u*A_SF AphB:u*A_SF AphC:u*A_SF A_SF:f PPVphAB:u*V_SF PPVphBC:u*V_SF PPVphCA:u*V_SF',
    'PhVphA:u*V_SF PhVphB:u*V_SF PhVphC:u*V_SF V_SF:f W:i*W_SF W_SF:f Hz:u*Hz_SF Hz_SF:f VA:i*VA_SF VA_SF:f',
    'VAr:i*VAr_SF VAr_SF:f PF:i*PF_SF PF_SF:f WH:a*WH_SF WH_SF:f DCA:u*DCA_SF DCA_SF:f DCV:u*DCV_SF DCV_SF:f',
    'DCW:i*DCW_SF DCW_SF:f TmpCab:i*Tmp_SF TmpSnk:i*Tmp_SF TmpTrns:i*Tmp_SF TmpOt:i*Tmp_SF Tmp_SF:f St:e StVnd:e',
    'Evt1:b Evt2:b EvtVnd1:b EvtVnd2:b EvtVnd3:b EvtVnd4:b',
  ].join(' '),
  120: [
    'DERTyp:e WRtg:u*WRtg_SF WRtg_SF:f VARtg:u*VARtg_SF VARtg_SF:f VArRtgQ1:i VArRtgQ2:i VArRtgQ3:i VArRtgQ4:i VArRtg_SF:f',
    'ARtg:u*ARtg_SF ARtg_SF:f PFRtgQ1:i PFRtgQ2:i PFRtgQ3:i PFRtgQ4:i PFRtg_SF:f WHRtg:u*WHRtg_SF WHRtg_SF:f',
    'AhrRtg:u AhrRtg_SF:f MaxChaRte:u*MaxChaRte_SF MaxChaRte_SF:f MaxDisChaRte:u*MaxDisChaRte_SF MaxDisChaRte_SF:f Pad:p',
  ].join(' '),
  121: [
    'WMax:u*WMax_SF VRef:u*VRef_SF VRefOfs:i VMax:u VMin:u VAMax:u VArMaxQ1:i VArMaxQ2:i VArMaxQ3:i VArMaxQ4:i WGra:u',
    'PFMinQ1:i PFMinQ2:i PFMinQ3:i PFMinQ4:i VArAct:e ClcTotVA:e MaxRmpRte:u ECPNomHz:u*ECPNomHz_SF ConnPh:e WMax_SF:f',
    'VRef_SF:f VRefOfs_SF:f VMinMax_SF:f VAMax_SF:f VArMax_SF:f WGra_SF:f PFMin_SF:f MaxRmpRte_SF:f ECPNomHz_SF:f',
  ].join(' '),
  122: [
    'PVConn:e StorConn:e ECPConn:e ActWh:A ActVAh:A ActVArhQ1:A ActVArhQ2:A ActVArhQ3:A ActVArhQ4:A VArAval:i VArAval_SF:f',
    'WAval:u*WAval_SF WAval_SF:f StSetLimMsk:b StActCtl:b TmSrc:s4 Tms:l RtSt:e Ris:u Ris_SF:f',
  ].join(' '),
  123: [
    'Conn_WinTms:u Conn_RvrtTms:u Conn:e WMaxLimPct:u*WMaxLimPct_SF WinTms:u RvrtTms:u RmpTms:u WMaxLim_Ena:e',
    'OutPFSet:i PFWinTms:u PFRvrtTms:u PFRmpTms:u OutPFSet_Ena:e VArWMaxPct:i VArMaxPct:i VArAvalPct:i VArWinTms:u',
    'VArRvrtTms:u VArRmpTms:u VArPct_Mod:e VArPct_Ena:e WMaxLimPct_SF:f OutPFSet_SF:f VArPct_SF:f',
  ].join(' '),
  124: [
    'WChaMax:u*WChaMax_SF WChaGra:u WDisChaGra:u StorCtl_Mod:e VAChaMax:u MinRsvPct:u*MinRsvPct_SF ChaState:u*ChaState_SF',
    'StorAval:u InBatV:u*InBatV_SF ChaSt:e OutWRte:i*InOutWRte_SF InWRte:i*InOutWRte_SF WinTms:u RvrtTms:u RmpTms:u ChaGriSet:e',
    'WChaMax_SF:f WChaDisChaGra_SF:f VAChaMax_SF:f MinRsvPct_SF:f ChaState_SF:f StorAval_SF:f InBatV_SF:f InOutWRte_SF:f',
  ].join(' '),
  160: 'DCA_SF:f DCV_SF:f DCW_SF:f DCWH_SF:f Evt:b N:u TmsPer:u',
  203: [
    'A:i*A_SF AphA:i*A_SF AphB:i*A_SF AphC:i*A_SF A_SF:f PhV:i*V_SF PhVphA:i*V_SF PhVphB:i*V_SF PhVphC:i*V_SF',
    'PPV:i*V_SF PhVphAB:i*V_SF PhVphBC:i*V_SF PhVphCA:i*V_SF V_SF:f Hz:i*Hz_SF Hz_SF:f W:i*W_SF WphA:i*W_SF WphB:i*W_SF',
    'WphC:i*W_SF W_SF:f VA:i VAphA:i VAphB:i VAphC:i VA_SF:f VAR:i VARphA:i VARphB:i VARphC:i VAR_SF:f PF:i PFphA:i PFphB:i',
    'PFphC:i PF_SF:f TotWhExp:a*TotWh_SF TotWhExpPhA:a TotWhExpPhB:a TotWhExpPhC:a TotWhImp:a*TotWh_SF TotWhImpPhA:a',
    'TotWhImpPhB:a TotWhImpPhC:a TotWh_SF:f TotVAhExp:a TotVAhExpPhA:a TotVAhExpPhB:a TotVAhExpPhC:a TotVAhImp:a',
    'TotVAhImpPhA:a TotVAhImpPhB:a TotVAhImpPhC:a TotVAh_SF:f Q1:a Q1A:a Q1B:a Q1C:a Q2:a Q2A:a Q2B:a Q2C:a Q3:a Q3A:a',
    'Q3B:a Q3C:a Q4:a Q4A:a Q4B:a Q4C:a TotVArh_SF:f Evt:b',
  ].join(' '),
  802: [
    'AHRtg:u WHRtg:u*WHRtg_SF WChaRteMax:u*WChaDisChaMax_SF WDisChaRteMax:u*WChaDisChaMax_SF DisChaRte:u SoCMax:u SoCMin:u',
    'SocRsvMax:u SoCRsvMin:u*SoC_SF SoC:u*SoC_SF DoD:u SoH:u*SoH_SF NCyc:l ChaSt:e LocRemCtl:e Hb:u CtrlHb:u AlmRst:u Typ:e',
    'State:e StateVnd:e WarrDt:l Evt1:b Evt2:b EvtVnd1:b EvtVnd2:b V:u*V_SF VMax:u VMin:u CellVMax:u CellVMaxStr:u',
    'CellVMaxMod:u CellVMin:u CellVMinStr:u CellVMinMod:u CellVAvg:u A:i*A_SF AChaMax:u*AMax_SF ADisChaMax:u*AMax_SF W:i*W_SF',
    'ReqInvState:e ReqW:i SetOp:e SetInvState:e AHRtg_SF:f WHRtg_SF:f WChaDisChaMax_SF:f DisChaRte_SF:f SoC_SF:f DoD_SF:f',
    'SoH_SF:f V_SF:f CellV_SF:f A_SF:f AMax_SF:f W_SF:f',
  ].join(' '),
};

/** One module of model 160, repeated N times; scale factors stand in its head. */
export const MPPT_MODULE =
  'ID:u IDStr:s8 DCA:u*DCA_SF DCV:u*DCV_SF DCW:u*DCW_SF DCWH:a*DCWH_SF Tms:l Tmp:i DCSt:e DCEvt:b';
