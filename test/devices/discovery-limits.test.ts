import net from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { discover } from '#engine/devices/discovery.ts';

const HOSTS = Array.from({ length: 254 }, (_, i) => `127.0.0.${i + 1}`);
const servers: net.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

interface Crowd {
  ports: number[];
  /** Most connections at once: in all, and to one host. */
  most(): { all: number; host: number };
}

/** A /24 on loopback whose hosts all have these doors, take their time, and count who is with them. */
async function crowd(doors: number): Promise<Crowd> {
  let [now, all, host] = [0, 0, 0];
  const ports: number[] = [];
  for (let door = 0; door < doors; door += 1) {
    for (const address of HOSTS) {
      const server = net.createServer((socket) => {
        const mine = (guests.get(address) ?? 0) + 1;
        guests.set(address, mine);
        now += 1;
        all = Math.max(all, now);
        host = Math.max(host, mine);
        socket.on('error', () => undefined);
        // Whoever asks is answered with nonsense.
        socket.once('data', () => socket.end('?'));
        // The guest has gone when its end of the stream has come.
        let here = true;
        const gone = () => {
          if (!here) return;
          here = false;
          now -= 1;
          guests.set(address, (guests.get(address) ?? 0) - 1);
        };
        socket.once('end', gone);
        socket.once('close', gone);
      });
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(ports[door] ?? 0, address, resolve));
      ports[door] ??= (server.address() as net.AddressInfo).port;
    }
  }
  return { ports, most: () => ({ all, host }) };
}
const guests = new Map<string, number>();

// macOS has no other loopback address than 127.0.0.1.
it.skipIf(process.platform === 'darwin')(
  'searches a /24 with at most 64 connections, one to a host, within half a minute',
  { timeout: 60_000 },
  async () => {
    const { ports, most } = await crowd(2);
    const startMs = performance.now();
    const seen: number[] = [];
    const result = await discover({
      signal: new AbortController().signal,
      onProgress: ({ done }) => seen.push(done),
      inUse: new Set(),
      hosts: HOSTS,
      modbusPorts: ports.slice(0, 1),
      httpPorts: ports.slice(1),
      listen: false,
    });
    const tookS = (performance.now() - startMs) / 1000;
    console.log(
      `254 hosts, ${seen.at(-1)} doors: ${tookS.toFixed(1)} s, at most ${JSON.stringify(most())} connections`,
    );
    expect(result.found).toEqual([]);
    expect(seen.at(-1)).toBe(508);
    expect(most().all).toBeLessThanOrEqual(64);
    expect(most().host).toBe(1);
    expect(tookS).toBeLessThan(31);
  },
);
