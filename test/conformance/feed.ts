import dgram from 'node:dgram';
import net from 'node:net';
import mqttPacket from 'mqtt-packet';
import type { LoadedCase } from './case.ts';
import { listen, type Served } from './served.ts';

const GROUP = '239.12.255.254';

/** A peer that speaks unasked: `port` to listen to or connect to, repeated until closed. */
export interface Feed extends Served {
  group?: string;
}

const payloads = (loaded: LoadedCase) =>
  (loaded.datagrams ?? []).flatMap((d) => (typeof d === 'string' ? [loaded.file(d)] : []));

/** A telegram stream over TCP that begins in the middle of a telegram, as a meter's does. */
export function feedSerial(loaded: LoadedCase): Promise<Feed> {
  const frames = payloads(loaded);
  return listen(
    net.createServer((socket) => {
      const first = frames[0];
      if (first) socket.write(first.subarray(Math.floor(first.length / 2)));
      for (const frame of frames) socket.write(frame);
    }),
  );
}

export async function feedMulticast(loaded: LoadedCase): Promise<Feed> {
  const port = await freeUdpPort();
  const socket = dgram.createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.setMulticastInterface('127.0.0.1');
  socket.setMulticastLoopback(true);
  const timer = setInterval(() => {
    for (const frame of payloads(loaded)) socket.send(frame, port, GROUP);
  }, 50);
  return {
    port,
    group: GROUP,
    close: () => {
      clearInterval(timer);
      return new Promise((resolve) => socket.close(() => resolve()));
    },
  };
}

async function freeUdpPort(): Promise<number> {
  const probe = dgram.createSocket('udp4');
  await new Promise<void>((resolve) => probe.bind(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return port;
}

/** Just enough of a broker: greets, grants every subscription, then publishes the case's messages. */
export function feedMqtt(loaded: LoadedCase): Promise<Feed> {
  const messages = (loaded.datagrams ?? []).flatMap((d) =>
    typeof d === 'object' && 'topic' in d ? [{ topic: d.topic, bytes: loaded.file(d.payload) }] : [],
  );
  return listen(
    net.createServer((socket) => {
      const parser = mqttPacket.parser({ protocolVersion: 4 });
      const send = (packet: mqttPacket.Packet) => socket.write(mqttPacket.generate(packet));
      parser.on('packet', (packet) => {
        if (packet.cmd === 'connect') send({ cmd: 'connack', returnCode: 0, sessionPresent: false });
        if (packet.cmd === 'pingreq') send({ cmd: 'pingresp' });
        if (packet.cmd !== 'subscribe') return;
        send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: packet.subscriptions.map(() => 0) });
        for (const { topic, bytes } of messages)
          send({ cmd: 'publish', topic, payload: bytes, qos: 0, dup: false, retain: false });
      });
      socket.on('data', (bytes) => parser.parse(bytes));
    }),
  );
}
