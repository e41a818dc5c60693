import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WrongMeter {
  port: number;
  /** The house draws more or less by so much, W. */
  load(changeW: number): void;
  close(): void;
}

/** A Shelly EM on loopback whose clamp hangs the other way round: what is drawn looks like export. */
export async function startWrongMeter(demandW: number): Promise<WrongMeter> {
  let drawnW = demandW;
  const server = createServer((_request, response) => {
    const body = { mac: 'X', emeters: [{ is_valid: true, power: -drawnW, voltage: 230 }] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    load: (changeW) => void (drawnW += changeW),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
