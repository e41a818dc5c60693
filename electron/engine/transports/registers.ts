import type { Failed } from './fault.ts';

export type RegisterTable = 'holding' | 'input';

export interface RegisterRequest {
  table: RegisterTable;
  /** Wire address, counted from 0. */
  at: number;
  count: number;
  unit: number;
}

/** `exception` is the Modbus exception code where the device answered with one. */
export type RegisterResult = { outcome: 'ok'; words: readonly number[] } | (Failed & { exception?: number });

/** Anything that holds 16-bit registers, whatever frames it speaks. */
export interface RegisterSource {
  readonly address: string;
  read(request: RegisterRequest, signal: AbortSignal): Promise<RegisterResult>;
  close(): Promise<void>;
}
