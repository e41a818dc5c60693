import type { z } from 'zod';

/** A two-way message pipe: MessagePort in Electron, WebSocket in a browser. Messages are structured-clonable JSON. */
export interface Port {
  post(message: unknown): void;
  /** @returns stops listening */
  onMessage(listener: (message: unknown) => void): () => void;
  onClose(listener: () => void): () => void;
  close(): void;
}

export interface Procedure<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  kind: 'procedure';
  input: I;
  output: O;
}
export interface Stream<S extends z.ZodType = z.ZodType> {
  kind: 'stream';
  schema: S;
}
export type Member = Procedure | Stream;
export type Contract = Record<string, Record<string, Member>>;

/** A question with one answer; expected failures belong in the output union. */
export const procedure = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Procedure<I, O> => ({
  kind: 'procedure',
  input,
  output,
});

/** A value that changes: the current one on subscribe, then the latest. */
export const stream = <S extends z.ZodType>(schema: S): Stream<S> => ({ kind: 'stream', schema });

/** An unexpected failure: a bug, a timeout or a lost connection. */
export class Fault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'Fault';
    this.code = code;
  }
}

type ClientMember<M extends Member> =
  M extends Procedure<infer I, infer O>
    ? (input: z.input<I>) => Promise<z.output<O>>
    : M extends Stream<infer S>
      ? { subscribe(listener: (value: z.output<S>) => void, onFault?: (fault: Fault) => void): () => void }
      : never;

/** What a caller holds. */
export type Client<C extends Contract> = { [G in keyof C]: { [N in keyof C[G]]: ClientMember<C[G][N]> } };

type HandlerMember<M extends Member> =
  M extends Procedure<infer I, infer O>
    ? (input: z.output<I>) => Promise<z.input<O>> | z.input<O>
    : M extends Stream<infer S>
      ? /** Gives the current value at once where there is one, then each change. */ (
          emit: (value: z.input<S>) => void,
        ) => () => void
      : never;

/** What a server implements. */
export type Handlers<C extends Contract> = { [G in keyof C]: { [N in keyof C[G]]: HandlerMember<C[G][N]> } };

/** What travels. `m` is `group.name`. */
export type Message =
  | { t: 'call'; id: number; m: string; input: unknown }
  | { t: 'subscribe'; id: number; m: string }
  | { t: 'unsubscribe'; id: number }
  | { t: 'result'; id: number; value: unknown }
  | { t: 'value'; id: number; value: unknown }
  | { t: 'fault'; id: number; code: string; message: string };
