import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { EngineContract } from '#shared/contract/engine.ts';
import { connect } from '#shared/rpc/client.ts';
import type { Client } from '#shared/rpc/contract.ts';
import { webSocketPort } from '../web-port.ts';
import { readEngineFile } from './engine-file.ts';

export interface RunningEngine {
  client: Client<EngineContract>;
  address: string;
  close(): void;
}

const CONNECT_MS = 5000;
/** A stream that has nothing yet gives nothing. */
const FIRST_MS = 6000;

/** @returns undefined where no engine runs on this folder */
export async function findRunning(dataDir: string): Promise<RunningEngine | undefined> {
  const told = await readEngineFile(dataDir);
  if (!told) return undefined;
  const host = `127.0.0.1:${told.port}`;
  const socket = new WebSocket(`ws://${host}/port`, {
    headers: { cookie: `spillway-${told.port}=${told.token}`, origin: `http://${host}` },
    handshakeTimeout: CONNECT_MS,
  });
  try {
    await once(socket, 'open');
  } catch {
    // It was killed and left its file, or another program has the port by now.
    socket.terminate();
    return undefined;
  }
  return {
    client: connect<EngineContract>(webSocketPort(socket, Date.now)),
    address: `http://${host}`,
    close: () => socket.close(),
  };
}

/** What a stream says first; undefined where it says nothing in time. */
export function firstOf<T>(stream: {
  subscribe(listener: (value: T) => void, onFault?: (fault: Error) => void): () => void;
}): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => resolve(undefined)), FIRST_MS);
    const end = stream.subscribe(
      (value) => settle(() => resolve(value)),
      (fault) => settle(() => reject(fault)),
    );
    function settle(finish: () => void) {
      clearTimeout(timer);
      // The first value may come before there is anything to end.
      queueMicrotask(() => end());
      finish();
    }
  });
}
