import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Direction, PlantDevice } from '#shared/device.ts';
import type { Site } from '#shared/site.ts';
import type { SettingStore } from '#engine/storage/settings.ts';

const KEY = 'commissioned';

export const Proof = z.enum(['grid', 'battery', 'balance']);
export type Proof = z.infer<typeof Proof>;
const Kept = z.partialRecord(Proof, z.string());

/** What this site has to prove before any load runs; a simulated site nothing. */
export function requiredProofs(site: Site): Proof[] {
  if (site.simulated) return [];
  const has = (role: PlantDevice['roles'][number]) => site.devices.some(({ roles }) => roles.includes(role));
  const proofs: [Proof, boolean][] = [
    ['grid', has('grid')],
    ['battery', has('battery')],
    // Without production and a second meter there is no sum to make.
    ['balance', has('production') && (has('grid') || has('battery'))],
  ];
  return proofs.flatMap(([proof, is]) => (is ? [proof] : []));
}

/** What a proof was about: exactly these meters, mounted exactly so. Another meter must be proven anew. */
function subjectOf(site: Site, proof: Proof): string {
  const about = proof === 'balance' ? site.devices.map(whole) : ofDirection(site, proof);
  return createHash('sha256').update(JSON.stringify(about)).digest('hex');
}

const whole = ({ id, family, roles, connection, setup, swapped }: PlantDevice) => [
  id,
  family,
  roles,
  connection,
  setup,
  swapped,
];

const ofDirection = (site: Site, direction: Direction) =>
  site.devices
    .filter(({ roles }) => roles.includes(direction))
    .map(({ id, family, connection, setup, swapped }) => [id, family, connection, setup, swapped.includes(direction)]);

const kept = (settings: SettingStore) => settings.read(KEY, Kept) ?? {};

export const isProven = (site: Site, settings: SettingStore, proof: Proof): boolean =>
  kept(settings)[proof] === subjectOf(site, proof);

/** All that is required is proven. A site without any device has nothing to go by. */
export const isCommissioned = (site: Site, settings: SettingStore): boolean =>
  site.simulated || (site.devices.length > 0 && requiredProofs(site).every((proof) => isProven(site, settings, proof)));

export const markProven = (site: Site, settings: SettingStore, proof: Proof): void =>
  settings.write(KEY, { ...kept(settings), [proof]: subjectOf(site, proof) });

/** Another device in this one's place has proven nothing yet. */
export function unprove(settings: SettingStore, { roles }: PlantDevice): void {
  const gone: readonly string[] = [...roles, 'balance'];
  const proofs = Object.entries(kept(settings)).filter(([proof]) => !gone.includes(proof));
  settings.write(KEY, Object.fromEntries(proofs));
}
