import type { Behaving } from './behaving.ts';
import { cgminerAsked, cgminerReply, invalidCommand } from './faces.ts';

const PROFILES = [900, 1200, 1500, 1800, 2100, 2400, 2700, 3000].map((watts, i) => ({
  'Profile Name': `${190 + 25 * i}MHz`,
  Watts: watts,
  Hashrate: watts / 30,
}));

/** LuxOS: one session, curtailment that outlives a restart, profiles that its thermal manager steps unless told not to. */
export function luxos(miner: Behaving, nowMs: () => number) {
  let session: string | undefined;
  let sessions = 0;
  let profile = PROFILES.at(-1);
  let atm = true;
  /** Another program holds the session. */
  const state = { taken: false };
  const denied = () => cgminerReply(nowMs(), 402, 'Session is not valid', {}, 'E');

  function write(command: string, parameter: string): string {
    const [id, ...rest] = parameter.split(',');
    if (id !== session) return denied();
    if (command === 'logoff') session = undefined;
    else if (command === 'curtail') miner.want(rest[0] === 'wakeup');
    else if (command === 'atmset') atm = rest[0] !== 'enabled=false';
    else if (command === 'profileset') {
      if (atm) return cgminerReply(nowMs(), 320, 'ATM is enabled', {}, 'E');
      profile = PROFILES.find((one) => one['Profile Name'] === rest[1]);
      miner.aimAt(profile?.Watts ?? 0);
    }
    return cgminerReply(nowMs(), 335, command);
  }

  function answer(request: string): string {
    const { command, parameter } = cgminerAsked(request);
    const now = miner.now();
    if (command === 'logon') {
      if (state.taken || session) return cgminerReply(nowMs(), 404, 'Another session is active', {}, 'E');
      session = `sid${++sessions}`;
      return cgminerReply(nowMs(), 316, 'Session created', { SESSION: [{ SessionID: session }] });
    }
    if (['logoff', 'curtail', 'atmset', 'profileset'].includes(command)) return write(command, parameter);
    const sections: Record<string, [number, Record<string, unknown>]> = {
      summary: [
        11,
        {
          SUMMARY: [
            {
              Elapsed: Math.floor(now.uptimeS),
              'GHS 5s': now.hashrateThs * 1000,
              Accepted: now.accepted,
              Rejected: now.rejected,
            },
          ],
        },
      ],
      config: [
        33,
        {
          CONFIG: [
            {
              CurtailMode: now.wanted === 'pause' ? 'Sleep' : 'None',
              IsPowerSupplyOn: now.wanted === 'run',
              IsAtmEnabled: atm,
              Profile: profile?.['Profile Name'],
              Model: 'Antminer S19k Pro',
            },
          ],
        },
      ],
      power: [311, { POWER: [{ PSU: true, Watts: Math.round(now.drawW) }] }],
      profiles: [322, { PROFILES }],
      temps: [201, { TEMPS: [{ ID: 0, TEMP: 0, TopLeft: now.chipC }] }],
      version: [22, { VERSION: [{ LUXminer: 'simulated', Type: 'Antminer S19k Pro' }] }],
      pools: [7, { POOLS: [{ Status: 'Alive' }] }],
    };
    const found = sections[command];
    return found ? miner.spoil(cgminerReply(nowMs(), found[0], command, found[1])) : invalidCommand(nowMs());
  }

  return { state, answer, atm: () => atm, openSession: () => session };
}
