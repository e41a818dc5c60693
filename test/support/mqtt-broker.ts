import net from 'node:net';
import mqttPacket from 'mqtt-packet';
import { listen, type Peer } from './loopback.ts';

export interface Broker extends Peer {
  /** Tells the client, as soon as it listens; resolves when it has taken it. */
  tell(topic: string, payload: string, retain?: boolean): Promise<void>;
}

/** Takes one client and passes nothing on; `asked` holds what was published to it, as `topic payload`. */
export async function mqttBroker(on: {
  subscribed(tell: Broker['tell']): void;
  heard(topic: string, payload: string, tell: Broker['tell']): void;
}): Promise<Broker> {
  const asked: string[] = [];
  const client = Promise.withResolvers<net.Socket>();
  const untaken = new Map<number, () => void>();
  let messageId = 0;
  const tell: Broker['tell'] = async (topic, payload, retain = false) => {
    const socket = await client.promise;
    messageId = (messageId % 65_535) + 1;
    const taken = new Promise<void>((resolve) => untaken.set(messageId, resolve));
    socket.write(mqttPacket.generate({ cmd: 'publish', topic, payload, qos: 1, messageId, dup: false, retain }));
    return taken;
  };
  const server = net.createServer((socket) => {
    const parser = mqttPacket.parser({ protocolVersion: 4 });
    const send = (packet: mqttPacket.Packet) => socket.write(mqttPacket.generate(packet));
    parser.on('packet', (packet) => {
      if (packet.cmd === 'connect') send({ cmd: 'connack', returnCode: 0, sessionPresent: false });
      if (packet.cmd === 'pingreq') send({ cmd: 'pingresp' });
      if (packet.cmd === 'subscribe') {
        send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted: packet.subscriptions.map(() => 0) });
        client.resolve(socket);
        on.subscribed(tell);
      }
      if (packet.cmd === 'puback') untaken.get(packet.messageId ?? 0)?.();
      if (packet.cmd === 'publish') {
        asked.push(`${packet.topic} ${String(packet.payload)}`);
        send({ cmd: 'puback', messageId: packet.messageId ?? 0 });
        on.heard(packet.topic, String(packet.payload), tell);
      }
    });
    socket.on('data', (bytes) => parser.parse(bytes));
  });
  return { ...(await listen(server, asked)), tell };
}
