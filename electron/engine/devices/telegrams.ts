import type { Role } from '#shared/device.ts';
import type { PlantReading } from '#shared/reading.ts';
import { byteStream } from '../transports/byte-stream.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import { cutTelegrams, decodeDsmr, type DsmrTelegram } from './decode/dsmr.ts';
import { cutSml, decodeSml, type SmlFile } from './decode/sml.ts';
import { unsuitable } from './family.ts';
import { times } from './json.ts';
import { meterReading, sumKnown } from './normalize/directions.ts';
import { mailbox, readPushed } from './pushed.ts';

const MAX_PENDING = 64 * 1024;

/** Splits a stream into telegrams and reads each. */
interface Splitter {
  take(bytes: Buffer): PlantReading[];
}

function telegramFamily(split: (roles: readonly Role[]) => Splitter): OpenPlantAdapter {
  return (device, ports) => {
    const { connection } = device;
    if (connection.transport !== 'tcp' && connection.transport !== 'serial') return unsuitable(device, 'serial or tcp');
    const box = mailbox<{ reading: PlantReading; raw: unknown }>();
    const splitter = split(device.roles);
    const stream = byteStream(connection, (bytes) => {
      for (const reading of splitter.take(bytes)) box.put({ reading, raw: undefined }, ports.clock.now());
    });
    return {
      read: (signal) =>
        readPushed(
          stream,
          box,
          'no whole telegram yet; check the reading head, its baud rate and that the meter sends',
          signal,
        ),
      close: () => stream.close(),
    };
  };
}

/** DSMR and ESMR meters at their P1 port. */
export const openDsmr = telegramFamily((roles) => {
  let pending = '';
  return {
    take(bytes) {
      const { telegrams, rest } = cutTelegrams(pending + bytes.toString('latin1'));
      pending = rest.slice(-MAX_PENDING);
      return telegrams.map(decodeDsmr).flatMap((telegram) => (telegram ? [dsmrReading(telegram, roles)] : []));
    },
  };
});

export function dsmrReading(telegram: DsmrTelegram, roles: readonly Role[]): PlantReading {
  const kilo = (obis: string) => times(telegram.get(obis), 1000);
  const net = (plus: string, minus: string) => {
    const [up, down] = [kilo(plus), kilo(minus)];
    return up === undefined || down === undefined ? undefined : up - down;
  };
  return {
    ...meterReading(
      {
        power: net('1.7.0', '2.7.0'),
        phases: [net('21.7.0', '22.7.0'), net('41.7.0', '42.7.0'), net('61.7.0', '62.7.0')],
        importTotal: sumKnown([kilo('1.8.1'), kilo('1.8.2')]) ?? kilo('1.8.0'),
        exportTotal: sumKnown([kilo('2.8.1'), kilo('2.8.2')]) ?? kilo('2.8.0'),
        gridVoltage: telegram.get('32.7.0'),
      },
      roles,
    ),
  };
}

/** German meters with an optical head. */
export const openSml = telegramFamily((roles) => {
  let pending: Uint8Array = new Uint8Array();
  return {
    take(bytes) {
      const { files, rest } = cutSml(Buffer.concat([pending, bytes]));
      pending = rest.slice(-MAX_PENDING);
      return files.map(decodeSml).flatMap((file) => (file ? [smlReading(file, roles)] : []));
    },
  };
});

export function smlReading(file: SmlFile, roles: readonly Role[]): PlantReading {
  return meterReading(
    {
      power: file.get('0100100700ff'),
      phases: [file.get('0100240700ff'), file.get('0100380700ff'), file.get('01004c0700ff')],
      importTotal: file.get('0100010800ff'),
      exportTotal: file.get('0100020800ff'),
      gridVoltage: file.get('0100200700ff'),
      gridFrequency: file.get('01000e0700ff'),
    },
    roles,
  );
}
