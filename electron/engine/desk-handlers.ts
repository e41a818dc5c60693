import type { DeskContract } from '#shared/contract/devices.ts';
import type { LoadDevice, PlantDevice } from '#shared/device.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import type { Site } from '#shared/site.ts';
import { minerFamilies } from '#engine/miners/catalogue.ts';
import { strangeCommands } from '#engine/miners/command-origin.ts';
import { beyondHome } from './beyond-home.ts';
import type { DeviceDesk } from './device-desk.ts';
import { done, refuseCommand, type Problems } from './done.ts';
import { removeDevice, saveLoadDevice, savePlantDevice } from './site-desk.ts';

export interface DeskParts {
  desk: DeviceDesk;
  site(): Site;
  /** Checks and takes over the changed site; the problems are empty when it did. */
  changeSite(edit: (site: Site) => Site): Promise<Problems>;
  /** Absent: this host's passwords are kept by its shell. */
  saveSecret?: ((name: string, value: string) => Promise<void>) | undefined;
}

/** What an owner may ask of the device desk. */
export function deskHandlers({
  desk,
  site,
  changeSite,
  saveSecret,
}: DeskParts): Handlers<{ desk: typeof DeskContract }>['desk'] {
  /** A device is tried at home, or where the owner said that the internet is meant. */
  const far = (wired: { devices?: PlantDevice[]; loads?: LoadDevice[] }) => {
    const [problem] = beyondHome(site(), { devices: [], loads: [], ...wired });
    return problem && { outcome: 'failed' as const, fault: { kind: 'refused' as const, message: problem.message } };
  };
  return {
    families: () => desk.families(),
    // A program is declared in the site file alone (command-origin.ts).
    loadFamilies: () => minerFamilies.filter(({ transport }) => transport !== 'process'),
    search: (emit) => desk.search.subscribe(emit),
    startSearch: () => {
      desk.startSearch();
      return done([]);
    },
    cancelSearch: () => {
      desk.cancelSearch();
      return done([]);
    },
    tryPlant: ({ device, password }) => far({ devices: [device] }) ?? desk.tryPlant(device, password),
    tryLoad: ({ device, password }) => far({ loads: [device] }) ?? desk.tryLoad(device, password),
    async savePlant(device) {
      const problems = beyondHome(site(), savePlantDevice(device)(site()));
      if (problems.length === 0) problems.push(...(await changeSite(savePlantDevice(device))));
      if (problems.length === 0) await desk.confirmed(device.id);
      return done(problems);
    },
    async saveLoad(load) {
      const next = saveLoadDevice(load)(site());
      const problems = [...strangeCommands(site(), next).map(refuseCommand), ...beyondHome(site(), next)];
      return done(problems.length > 0 ? problems : await changeSite(saveLoadDevice(load)));
    },
    async remove({ id }) {
      const known = [...site().devices, ...site().loads].some((device) => device.id === id);
      if (!known) return done([{ field: 'id', message: `There is no device “${id}” in this site.` }]);
      return done(await changeSite(removeDevice(id)));
    },
    async saveSecret({ name, value }) {
      if (!saveSecret)
        return done([{ field: 'secret', message: 'Passwords are kept by the window of Spillway: enter it there.' }]);
      await saveSecret(name, value);
      return done([]);
    },
    report: ({ id }) => desk.report(id),
    checkProfile: ({ text }) => desk.checkProfile(text),
    tryProfile: ({ text, device, password }) => far({ devices: [device] }) ?? desk.tryProfile(text, device, password),
    ownProfiles: () => desk.ownProfiles(),
    removeProfile: async ({ id }) => done(await desk.removeProfile(id)),
    saveProfile: ({ text }) => desk.saveProfile(text),
  };
}
