import type { RegisterField } from './profile.ts';

type More = Partial<Omit<RegisterField, 'at' | 'as'>>;
const verb =
  (as: RegisterField['as']) =>
  (at: number, more: More = {}): RegisterField => ({ at, as, ...more });

/** How profiles say where a number lies: `i32(13009, { scale: 10 })`. */
export const u16 = verb('u16');
export const i16 = verb('i16');
export const u32 = verb('u32');
export const i32 = verb('i32');
export const u64 = verb('u64');
export const f32 = verb('f32');
export const f16 = verb('f16');
export const hi8 = verb('hi8');
export const text = (at: number, length: number, more: More = {}): RegisterField => ({
  at,
  as: 'text',
  length,
  ...more,
});

export const KWH = { scale: 1000 } as const;
export const TENTH = { scale: 0.1 } as const;
export const HUNDREDTH = { scale: 0.01 } as const;
/** 0.1 kWh and 0.01 kWh in Wh. */
export const TENTH_KWH = { scale: 100 } as const;
export const HUNDREDTH_KWH = { scale: 10 } as const;
