import type { PlantFamily } from '#shared/contract/devices.ts';
import type { Role } from '#shared/device.ts';
import type { PlantQuantity } from '#shared/reading.ts';
import { catalogue, parsedProfile } from '../profiles/catalogue.ts';
import { curtailmentLetters, gives } from '../profiles/gives.ts';
import type { Profile } from '../profiles/profile.ts';
import { codedFamilies } from './coded-families.ts';
import { MODBUS } from './coded-family.ts';

/** Read by another family, not by the owner's choice. */
const PARTS = new Set(['solaredge-storage', 'goodwe-et', 'goodwe-dt']);

/** Every family in the list of supported devices. */
export function plantFamilies(): PlantFamily[] {
  const coded = codedFamilies.map((family) => ({
    setup: {},
    curtailment: '',
    ...family,
    roles: rolesOf(family.gives),
  }));
  const described = catalogue.filter(({ id }) => !PARTS.has(id)).map((input) => describedProfile(parsedProfile(input)));
  return [...coded, ...described].toSorted(
    (a, b) => a.vendor.localeCompare(b.vendor, 'en') || a.id.localeCompare(b.id, 'en'),
  );
}

/** A profile as the list of families shows it. */
export function describedProfile(profile: Profile): PlantFamily {
  const told = gives(profile);
  const { id, vendor, models, pollS, setup, source } = profile;
  return {
    id,
    vendor,
    models,
    pollS,
    setup,
    source,
    gives: told,
    curtailment: curtailmentLetters(profile),
    roles: rolesOf(told),
    ...wireOf(profile),
  };
}

function wireOf(profile: Profile): Pick<PlantFamily, 'transports' | 'port' | 'unit'> {
  if (profile.protocol === 'http-json') return { transports: ['http'], port: profile.port };
  if (profile.protocol === 'mqtt') return { transports: ['mqtt'] };
  const { port, unit } = profile.bus;
  const framed = port === 8899 || profile.id === 'studer-xcom';
  return { transports: framed ? ['tcp', ...MODBUS] : MODBUS, unit, ...(port === undefined ? {} : { port }) };
}

function rolesOf(told: readonly string[]): Role[] {
  const roles: [Role, PlantQuantity][] = [
    ['production', 'production'],
    ['battery', 'charge'],
    ['grid', 'import'],
    ['demand', 'demand'],
  ];
  return roles.flatMap(([role, quantity]) => (told.includes(quantity) ? [role] : []));
}
