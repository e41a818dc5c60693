import type {
  DeviceReport,
  Found,
  OwnProfile,
  PlantFamily,
  ProfileChecked,
  Search,
  Tried,
  TriedLoad,
} from '#shared/contract/devices.ts';
import type { LoadDevice, PlantDevice } from '#shared/device.ts';
import { cell, type Cell } from '#shared/rpc/cell.ts';
import type { Site } from '#shared/site.ts';
import type { DevicePorts, OpenPlantAdapter } from '#engine/devices/adapter.ts';
import { plantFamilies } from '#engine/devices/families.ts';
import { discover, type DiscoveryProgress } from '#engine/devices/discovery.ts';
import type { OwnFamilies } from '#engine/devices/own-families.ts';
import { readProfile, type ReadProfile } from '#engine/devices/own-profile.ts';
import { profileAdapter } from '#engine/devices/registry.ts';
import { tryDevice } from '#engine/devices/try-device.ts';
import { minerFamilies } from '#engine/miners/catalogue.ts';
import { minerDrivers } from '#engine/miners/registry.ts';
import { minerProbes } from '#engine/miners/probes.ts';
import type { Problems } from './done.ts';

/** Where an owner finds and tries devices before adding them. */
export interface DeviceDesk {
  search: Cell<Search>;
  startSearch(): void;
  cancelSearch(): void;
  families(): PlantFamily[];
  tryPlant(device: PlantDevice, password?: string): Promise<Tried>;
  tryLoad(device: LoadDevice, password?: string): Promise<TriedLoad>;
  report(id: string): DeviceReport;
  checkProfile(text: string): ProfileChecked;
  tryProfile(text: string, device: PlantDevice, password?: string): Promise<Tried>;
  saveProfile(text: string): Promise<ProfileChecked>;
  ownProfiles(): OwnProfile[];
  removeProfile(id: string): Promise<Problems>;
  confirmed(id: string): Promise<void>;
  close(): void;
}

export interface DeskPorts extends DevicePorts {
  site(): Site;
  families: OwnFamilies;
  reportOf(id: string): string | undefined;
  /** A family of the owner's own reads its devices otherwise from now on. */
  profileChanged(family: string): Promise<void>;
  /** The owner has tested and saved this device: what answers there is it. */
  confirmed(id: string): Promise<void>;
  /** Stands in for the network in tests. */
  discover?: typeof discover;
}

const IDLE: Search = { phase: 'idle', done: 0, total: 0, found: [] };

export function openDeviceDesk(ports: DeskPorts): DeviceDesk {
  const search = cell<Search>(IDLE);
  const look = ports.discover ?? discover;
  let stop: AbortController | undefined;

  async function run(own: AbortController) {
    const show = (phase: Search['phase'], progress: DiscoveryProgress) => {
      if (stop === own) search.set({ phase, done: progress.done, total: progress.total, found: foundIn(progress) });
    };
    const inUse = new Set(hostsOf(ports.site()));
    const result = await look({
      signal: own.signal,
      inUse,
      loadProbes: minerProbes,
      onProgress: (progress) => show('searching', progress),
    });
    show(own.signal.aborted ? 'cancelled' : 'done', result);
  }

  const tried = (device: PlantDevice, open: OpenPlantAdapter, password?: string): Promise<Tried> =>
    tryDevice(device, open, withPassword(ports, device, password));
  const checked = (read: ReadProfile): ProfileChecked =>
    read.outcome === 'ok'
      ? { outcome: 'ok', family: read.profile.id }
      : { outcome: 'refused', problems: read.problems };

  return {
    search,
    startSearch() {
      stop?.abort();
      stop = new AbortController();
      search.set({ ...IDLE, phase: 'searching' });
      run(stop).catch((cause: unknown) => {
        ports.log.error({ err: cause }, 'the search for devices failed');
        search.set({ ...IDLE, phase: 'cancelled' });
      });
    },
    cancelSearch: () => stop?.abort(),
    families: () => [...plantFamilies(), ...ports.families.described()],
    async tryPlant(device, password) {
      const open = ports.families.adapter(device.family);
      if (!open) {
        const message = `${device.name}: there is no device family “${device.family}”; choose one of the list`;
        return { outcome: 'failed', fault: { kind: 'unsupported', message } };
      }
      return tried(device, open, password);
    },
    tryLoad: (device, password) => tryLoad(device, withPassword(ports, device, password)),
    checkProfile: (text) => checked(readProfile('the profile', text)),
    async tryProfile(text, device, password) {
      const read = readProfile('the profile', text);
      if (read.outcome === 'ok') return tried(device, profileAdapter(read.profile), password);
      return { outcome: 'failed', fault: { kind: 'unsupported', message: read.problems.join('; ') } };
    },
    async saveProfile(text) {
      const saved = await ports.families.save(text);
      if (saved.outcome === 'ok') await ports.profileChanged(saved.profile.id);
      return checked(saved);
    },
    report(id) {
      const text = ports.reportOf(id);
      return text === undefined
        ? { outcome: 'unknown', message: `There is no device “${id}” in this site.` }
        : { outcome: 'ok', text };
    },
    ownProfiles: () => ports.families.texts().map((kept) => ({ ...kept, usedBy: usersOf(ports.site(), kept.id) })),
    async removeProfile(id) {
      const users = usersOf(ports.site(), id);
      if (users.length > 0)
        return [{ field: 'id', message: `“${id}” is in use by ${users.join(', ')}; remove or change that first.` }];
      await ports.families.remove(id);
      return [];
    },
    confirmed: (id) => ports.confirmed(id),
    close: () => stop?.abort(),
  };
}

/** While it is tried, a device may use a password that is not kept yet. */
function withPassword(
  ports: DevicePorts,
  { connection }: PlantDevice | LoadDevice,
  password: string | undefined,
): DevicePorts {
  if (password === undefined || !('secret' in connection)) return ports;
  const { clock, log } = ports;
  return { clock, log, secret: (name) => (name === connection.secret ? password : ports.secret(name)) };
}

const usersOf = ({ devices }: Site, family: string): string[] =>
  devices.filter((device) => device.family === family).map(({ name }) => name);

function hostsOf({ devices, loads }: Site): string[] {
  return [...devices, ...loads].flatMap(({ connection }) => ('host' in connection ? [connection.host] : []));
}

function foundIn({ found, loads }: DiscoveryProgress): Found[] {
  return [
    ...found.map((device) => ({ kind: 'plant' as const, ...device })),
    ...loads.map(({ family, model, connection }) => {
      const listed = minerFamilies.find((known) => known.family === family)?.name ?? family;
      return { kind: 'load' as const, family, name: model ?? listed, connection };
    }),
  ];
}

const PATIENCE_MS = 20_000;

const unsupported = (message: string): TriedLoad => ({ outcome: 'failed', fault: { kind: 'unsupported', message } });

async function tryLoad(device: LoadDevice, ports: DevicePorts): Promise<TriedLoad> {
  // Trying a program would run it, and programs come from the site file alone.
  if (device.connection.transport === 'process')
    return unsupported('Programs to run are taken from the site file alone: write this one there, with an editor.');
  const open = minerDrivers[device.family];
  if (!open) return unsupported(`${device.name}: there is no driver “${device.family}”; choose one of the list`);
  const driver = open(device, ports);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const capabilities = await driver.capabilities(signal);
    if (capabilities.outcome === 'failed') return capabilities;
    const reading = await driver.read(signal);
    if (reading.outcome === 'failed') return reading;
    return { outcome: 'ok', reading: reading.value, capabilities: capabilities.value };
  } finally {
    await driver.close();
  }
}
