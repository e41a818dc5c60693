import type { DeviceReport, Found, ProfileChecked, Search, Tried, TriedLoad } from '#shared/contract/devices.ts';
import type { LoadDevice, PlantDevice } from '#shared/device.ts';
import { cell, type Cell } from '#shared/rpc/cell.ts';
import type { Site } from '#shared/site.ts';
import type { DevicePorts, OpenPlantAdapter } from '#engine/devices/adapter.ts';
import { discover, type DiscoveryProgress } from '#engine/devices/discovery.ts';
import type { OwnFamilies } from '#engine/devices/own-families.ts';
import { readProfile, type ReadProfile } from '#engine/devices/own-profile.ts';
import { profileAdapter } from '#engine/devices/registry.ts';
import { tryDevice } from '#engine/devices/try-device.ts';
import { minerFamilies } from '#engine/miners/catalogue.ts';
import { minerDrivers } from '#engine/miners/registry.ts';
import { minerProbes } from '#engine/miners/probes.ts';

/** Where an owner finds and tries devices before adding them. */
export interface DeviceDesk {
  search: Cell<Search>;
  startSearch(): void;
  cancelSearch(): void;
  tryPlant(device: PlantDevice): Promise<Tried>;
  tryLoad(device: LoadDevice): Promise<TriedLoad>;
  report(id: string): DeviceReport;
  checkProfile(text: string): ProfileChecked;
  tryProfile(text: string, device: PlantDevice): Promise<Tried>;
  saveProfile(text: string): Promise<ProfileChecked>;
  close(): void;
}

export interface DeskPorts extends DevicePorts {
  site(): Site;
  families: OwnFamilies;
  reportOf(id: string): string | undefined;
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

  const tried = async (device: PlantDevice, open: OpenPlantAdapter): Promise<Tried> => {
    const result = await tryDevice(device, open, ports);
    return result.outcome === 'ok' ? { outcome: 'ok', reading: result.reading } : result;
  };
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
    async tryPlant(device) {
      const open = ports.families.adapter(device.family);
      if (!open) {
        const message = `${device.name}: there is no device family “${device.family}”; choose one of the list`;
        return { outcome: 'failed', fault: { kind: 'unsupported', message } };
      }
      return tried(device, open);
    },
    tryLoad: (device) => tryLoad(device, ports),
    checkProfile: (text) => checked(readProfile('the profile', text)),
    async tryProfile(text, device) {
      const read = readProfile('the profile', text);
      if (read.outcome === 'ok') return tried(device, profileAdapter(read.profile));
      return { outcome: 'failed', fault: { kind: 'unsupported', message: read.problems.join('; ') } };
    },
    saveProfile: async (text) => checked(await ports.families.save(text)),
    report(id) {
      const text = ports.reportOf(id);
      return text === undefined
        ? { outcome: 'unknown', message: `There is no plant device “${id}” in this site.` }
        : { outcome: 'ok', text };
    },
    close: () => stop?.abort(),
  };
}

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
