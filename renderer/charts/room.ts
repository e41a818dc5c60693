/** Room around a plot, px; fixed, so that lane, cursor and table can stand over it. */
export interface Room {
  /** For the values' axis, and at the other end. */
  axis: number;
  end: number;
  top: number;
  bottom: number;
}

/** Powers: short figures; the decisions of the day stand above. */
export const AREA_ROOM: Room = { axis: 52, end: 20, top: 30, bottom: 24 };
/** Energies of a year are long figures. */
export const BAR_ROOM: Room = { axis: 72, end: 20, top: 12, bottom: 24 };

/** Where time begins in px; the axis of values stands at the side where the language begins. */
export const startOf = ({ axis, end }: Room, rtl: boolean): number => (rtl ? end : axis);
