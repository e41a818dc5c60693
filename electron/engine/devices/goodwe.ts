import { goodweDt } from '../profiles/goodwe-dt.ts';
import { goodweEt } from '../profiles/goodwe-et.ts';
import { RegisterProfile } from '../profiles/profile.ts';
import { goodweUdpSource } from '../transports/goodwe-udp.ts';
import type { RegisterSource } from '../transports/registers.ts';
import type { OpenPlantAdapter } from './adapter.ts';
import { contextOf, registerFamily, type FamilyContext, type Read } from './family.ts';
import { registerProfileRead } from './register-profile.ts';

/** Each kind answers only at its own unit; the first block that is there tells which one it is. */
const KINDS = [goodweEt, goodweDt].map((profile) => RegisterProfile.parse(profile));

const openOverModbus = registerFamily({ gapMs: 50 }, (source, _unit, context) => readEither(source, context));

/** GoodWe: hybrid or string inverter, over the Wi-Fi kit's UDP or Modbus. */
export const openGoodwe: OpenPlantAdapter = (device, ports) => {
  const { connection } = device;
  if (connection.transport !== 'udp') return openOverModbus(device, ports);
  const source = goodweUdpSource(connection.host, connection.port);
  return { read: readEither(source, contextOf(device, ports)), close: () => source.close() };
};

function readEither(source: RegisterSource, context: FamilyContext): Read {
  let known: Read | undefined;
  return async (signal) => {
    if (known) return known(signal);
    let last: Awaited<ReturnType<Read>> | undefined;
    for (const profile of KINDS) {
      const read = registerProfileRead(profile, source, profile.bus.unit, context);
      last = await read(signal);
      if (last.outcome === 'failed') continue;
      known = read;
      return last;
    }
    return (
      last ?? {
        outcome: 'failed',
        fault: {
          kind: 'unsupported',
          message: `${source.address} is no GoodWe inverter we know; check the device type`,
        },
      }
    );
  };
}
