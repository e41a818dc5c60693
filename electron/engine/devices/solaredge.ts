import { RegisterProfile } from '../profiles/profile.ts';
import { solaredgeStorage } from '../profiles/solaredge-storage.ts';
import { registerFamily } from './family.ts';
import { registerProfileRead } from './register-profile.ts';
import { sunspecRead } from './sunspec.ts';

const STORAGE = RegisterProfile.parse(solaredgeStorage);

/** SolarEdge: SunSpec for inverter and meters, the vendor's registers for battery and limits. One client only. */
export const openSolarEdge = registerFamily({ timeoutMs: 5000 }, (source, unit, context) => {
  const sunspec = sunspecRead(source, unit, context);
  const storage = registerProfileRead(STORAGE, source, unit, context);
  return async (signal) => {
    const main = await sunspec(signal);
    if (main.outcome === 'failed') return main;
    const more = await storage(signal);
    if (more.outcome === 'failed') return more;
    const { soc, charge = 0, discharge = 0, ...limits } = more.reading;
    if (soc === undefined) return context.ok({ ...limits, ...main.reading }, [main.raw, more.raw]);
    // AC and DC power contain the battery; panels = DC + what the battery takes (reference 3.3).
    const { production, ...rest } = main.reading;
    const made = production === undefined ? {} : { production: Math.max(0, production + charge - discharge) };
    return context.ok({ ...limits, ...rest, ...made, soc, charge, discharge }, [main.raw, more.raw]);
  };
});
