import { failed, type Failed } from './fault.ts';
import { parseMinerJson } from './cgminer-json.ts';
import { tcpExchange, type TcpPeer } from './tcp-exchange.ts';

export const CGMINER_PORT = 4028;

/** The API's own verdict. Codes are those of cgminer api.c; Whatsminer and Avalon add theirs. */
export interface CgminerStatus {
  letter: 'S' | 'W' | 'I' | 'E' | 'F';
  code: number | undefined;
  message: string;
  description: string;
}

export interface CgminerReply {
  outcome: 'ok';
  status: CgminerStatus;
  /** The reply as it came: its sections are members of it. */
  value: Record<string, unknown>;
  /** True: the device cut its reply off; what is here is whole, but not all. */
  cut: boolean;
}
export type CgminerResult = CgminerReply | (Failed & { status?: CgminerStatus });

export interface CgminerClient {
  readonly address: string;
  /** Sends the request as it is, one connection for each; two requests to one miner never overlap. */
  send(request: string, signal: AbortSignal, timeoutMs?: number): Promise<CgminerResult>;
}

export const cgminerCommand = (command: string, parameter?: string): string =>
  JSON.stringify(parameter === undefined ? { command } : { command, parameter });

// TMPBUFSIZ / 2 - 1 of cgminer api.c: longer requests are cut off unseen.
const MAX_REQUEST_BYTES = 4095;

/** Miners answer one connection at a time; the lanes keep our own drivers from meeting at one address. */
const lanes = new Map<string, Promise<unknown>>();

export function cgminerClient(peer: TcpPeer): CgminerClient {
  const address = `${peer.host}:${peer.port}`;
  const exchange = async (request: string, signal: AbortSignal, timeoutMs?: number): Promise<CgminerResult> => {
    if (Buffer.byteLength(request) > MAX_REQUEST_BYTES)
      return failed(
        'unsupported',
        `${address}: a request of ${Buffer.byteLength(request)} bytes is longer than the miner reads`,
      );
    const limits = { complete: endsWithNul, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
    const reply = await tcpExchange(peer, request, limits, signal);
    if (reply.outcome === 'failed') return reply;
    if (reply.bytes.length === 0)
      return failed(
        'garbage',
        `${address} closed the connection without an answer; ask it again, or restart the miner if it stays so`,
      );
    return readReply(address, reply.bytes.toString('utf8'));
  };
  return {
    address,
    send(request, signal, timeoutMs) {
      const turn = (lanes.get(address) ?? Promise.resolve()).then(() => exchange(request, signal, timeoutMs));
      const lane = turn.catch(() => undefined);
      lanes.set(address, lane);
      void lane.then(() => lanes.get(address) === lane && lanes.delete(address));
      return turn;
    },
  };
}

const endsWithNul = (bytes: Buffer) => bytes.at(-1) === 0;

/** Tells apart a reply, a refusal and garbage. */
export function readReply(address: string, text: string): CgminerResult {
  const parsed = parseMinerJson(text);
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null || Array.isArray(parsed.value))
    return failed(
      'garbage',
      `${address} does not answer in the CGMiner API's JSON; check the port and the device type`,
    );
  const value = parsed.value as Record<string, unknown>;
  const status = readStatus(value);
  if (!status)
    return {
      outcome: 'ok',
      status: { letter: 'S', code: undefined, message: '', description: '' },
      value,
      cut: parsed.cut,
    };
  const refusal = refusalOf(address, status);
  return refusal ? { ...refusal, status } : { outcome: 'ok', status, value, cut: parsed.cut };
}

function readStatus(value: Record<string, unknown>): CgminerStatus | undefined {
  const list = value['STATUS'];
  // Whatsminer's writes put the members of STATUS at the top.
  const entry: unknown = Array.isArray(list) ? list[0] : typeof list === 'string' ? value : list;
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { STATUS, Code, Msg, Description } = entry as Record<string, unknown>;
  const letter = typeof STATUS === 'string' ? STATUS.slice(0, 1).toUpperCase() : 'S';
  const code = Number(Code);
  return {
    letter: letter === 'W' || letter === 'I' || letter === 'E' || letter === 'F' ? letter : 'S',
    code: Code === undefined || !Number.isFinite(code) ? undefined : code,
    message: typeof Msg === 'string' ? Msg : '',
    description: typeof Description === 'string' ? Description : '',
  };
}

function refusalOf(address: string, { letter, code, message }: CgminerStatus): Failed | undefined {
  if (letter !== 'E' && letter !== 'F') return undefined;
  const said = message ? ` (“${message}”)` : '';
  if (code === 45)
    return failed(
      'refused',
      `${address} denies write access${said}; allow this computer in the miner's API settings (api-allow W:…)`,
    );
  if (code === 14 || code === 117)
    return failed(
      'unsupported',
      `${address} does not know this command${said}; check the device type and its firmware`,
    );
  return failed('exception', `${address} refuses the command${said}; its own web page may say why`);
}
