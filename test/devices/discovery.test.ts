import http from 'node:http';
import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { discover, type DiscoveryOptions } from '#engine/devices/discovery.ts';
import { isPrivate, localHosts } from '#engine/transports/local-network.ts';
import { listen } from '../conformance/served.ts';
import { sunspecImage } from './sunspec-image.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

async function pages(replies: Record<string, string>): Promise<number> {
  const served = await listen(
    http.createServer((request, response) => {
      const body = replies[request.url ?? ''];
      response.writeHead(body === undefined ? 404 : 200).end(body);
    }),
  );
  open.push(served);
  return served.port;
}

async function registers(words: Record<number, number>): Promise<number> {
  const served = await listen(
    net.createServer((socket) =>
      socket.on('data', (request) => {
        const [at, count] = [request.readUInt16BE(8), request.readUInt16BE(10)];
        const found = Array.from({ length: count }, (_, i) => words[at + i]);
        const pdu = found.includes(undefined)
          ? [request.readUInt8(7) | 0x80, 2]
          : [request.readUInt8(7), 2 * count, ...found.flatMap((w = 0) => [w >> 8, w & 0xff])];
        const head = Buffer.from(request.subarray(0, 7));
        head.writeUInt16BE(pdu.length + 1, 4);
        socket.write(Buffer.concat([head, Buffer.from(pdu)]));
      }),
    ),
  );
  open.push(served);
  return served.port;
}

const search = async (more: Partial<DiscoveryOptions>) => {
  const { found } = await discover({
    signal: new AbortController().signal,
    onProgress: () => undefined,
    inUse: new Set(),
    hosts: ['127.0.0.1'],
    httpPorts: [],
    modbusPorts: [],
    listen: false,
    ...more,
  });
  return found;
};

const families: [family: string, replies: Record<string, string>][] = [
  ['shelly-gen2', { '/shelly': '{"gen":2,"mac":"A1","model":"SPEM-003","app":"Pro3EM"}' }],
  ['shelly-gen1', { '/shelly': '{"type":"SHEM","mac":"A1","auth":false}' }],
  ['fronius-solar-api', { '/solar_api/GetAPIVersion.cgi': '{"APIVersion":1,"BaseURL":"/solar_api/v1/"}' }],
  ['homewizard-p1', { '/api': '{"product_type":"HWE-P1","product_name":"P1 Meter"}' }],
  ['homewizard-battery', { '/api': '{"product_type":"HWE-BAT"}' }],
  ['enphase-envoy', { '/info': '<?xml version="1.0"?><envoy_info><device/></envoy_info>' }],
  ['mystrom', { '/info': '{"version":"3.8","mac":"A1","type":106}' }],
  ['opendtu', { '/api/livedata/status': '{"inverters":[],"total":{"Power":{"v":1}}}' }],
  ['ahoy', { '/api/live': '{"iv":[true]}' }],
  ['tasmota-sensor', { '/cm?cmnd=Status%200': '{"Status":{"DeviceName":"meter"},"StatusFWR":{}}' }],
  ['sonnen', { '/api/v1/status': '{"USOC":55}' }],
  ['tesla-powerwall', { '/api/status': '{"din":"1","version":"21.44"}' }],
  ['apsystems-ez1', { '/getDeviceInfo': '{"data":{"deviceId":"E1"}}' }],
];

describe('discover', () => {
  it.each(families)('recognises %s by its open page', async (family, replies) => {
    const port = await pages(replies);
    const found = await search({ httpPorts: [port] });
    expect(found).toMatchObject([{ family, connection: { transport: 'http', host: '127.0.0.1', port } }]);
  });

  it('recognises a SunSpec inverter with its meter and leaves unknown devices out', async () => {
    const [known, other, page] = [
      await registers(sunspecImage().image),
      await registers({ 5: 1 }),
      await pages({ '/': 'hello' }),
    ];
    const seen: number[] = [];
    const found = await search({
      modbusPorts: [known, other],
      httpPorts: [page],
      onProgress: ({ done, total }) => seen.push(done / total),
    });
    expect(found).toEqual([
      {
        family: 'sunspec',
        name: 'Spillway Tester 6',
        roles: ['production', 'grid'],
        connection: { transport: 'modbus-tcp', host: '127.0.0.1', port: known, unit: 1 },
      },
    ]);
    expect(seen.at(-1)).toBe(1);
  });

  it('recognises Victron and Kostal by their own registers', async () => {
    const text = (at: number, value: string, length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, i) => [
          at + i,
          ((value.charCodeAt(2 * i) || 0) << 8) | (value.charCodeAt(2 * i + 1) || 0),
        ]),
      );
    const [victron, kostal] = [
      await registers(text(800, '48e7da868f12', 6)),
      await registers(text(768, 'PLENTICORE plus', 16)),
    ];
    const found = await search({ modbusPorts: [victron, kostal] });
    expect(found.map(({ family, connection }) => [family, 'unit' in connection && connection.unit])).toEqual([
      ['victron-gx', 100],
      ['kostal-plenticore', 71],
    ]);
  });

  it('leaves devices in use alone and ends when cancelled', async () => {
    const port = await pages({ '/shelly': '{"gen":2,"mac":"A1","model":"X"}' });
    expect(await search({ httpPorts: [port], inUse: new Set(['127.0.0.1']) })).toEqual([]);
    expect(await search({ httpPorts: [port], signal: AbortSignal.abort() })).toEqual([]);
  });
});

describe('the local network', () => {
  it('is private, and only the 254 addresses around our own', () => {
    expect(['10.1.2.3', '172.16.0.1', '172.31.9.9', '192.168.1.1', '169.254.3.4'].every(isPrivate)).toBe(true);
    expect(['8.8.8.8', '172.32.0.1', '192.169.1.1', '100.64.0.1', '127.0.0.1', 'x', '10.0.0.999'].some(isPrivate)).toBe(
      false,
    );
    const on = (address: string, internal = false) => ({
      address,
      internal,
      family: 'IPv4' as const,
      netmask: '255.0.0.0',
      mac: '',
      cidr: null,
    });
    const hosts = localHosts({ lo: [on('127.0.0.1', true)], eth: [on('10.0.3.7')], wan: [on('93.184.216.34')] });
    expect(hosts).toHaveLength(253);
    expect(hosts.every((host) => host.startsWith('10.0.3.'))).toBe(true);
  });
});
