import type { Role } from './access.ts';
import type { EngineContract } from './engine.ts';

type Least = { [G in keyof EngineContract]: { [N in keyof EngineContract[G]]: Role } };

/**
 * The least role that may call each member. A member without a line here does not compile. `local` is what would let a
 * stranger with the password run programs, read or use secrets, mine from the grid, or open the way in further.
 */
const LEAST: Least = {
  site: {
    status: 'viewer',
    get: 'owner',
    save: 'owner',
    create: 'local',
    switchTo: 'local',
    commissioning: 'viewer',
    signCheck: 'viewer',
    startSignCheck: 'owner',
    cancelSignCheck: 'owner',
  },
  control: {
    live: 'viewer',
    setMode: 'owner',
    stop: 'owner',
    resume: 'owner',
    pause: 'owner',
    boost: 'local',
    endBoost: 'owner',
    changeSettings: 'owner',
    marks: 'viewer',
  },
  devices: {
    health: 'viewer',
    loads: 'viewer',
    families: 'viewer',
    loadFamilies: 'viewer',
    search: 'owner',
    startSearch: 'owner',
    cancelSearch: 'owner',
    tryPlant: 'owner',
    tryLoad: 'owner',
    savePlant: 'owner',
    saveLoad: 'owner',
    remove: 'owner',
    saveSecret: 'local',
    report: 'owner',
    checkProfile: 'local',
    tryProfile: 'local',
    ownProfiles: 'local',
    removeProfile: 'local',
    saveProfile: 'local',
  },
  ledger: { today: 'viewer', report: 'viewer', violations: 'viewer', exportTable: 'viewer', backUp: 'owner' },
  market: { view: 'viewer', settings: 'owner', changeSettings: 'local', enter: 'owner' },
  books: {
    lots: 'viewer',
    lotsFile: 'viewer',
    addPayouts: 'owner',
    setPrice: 'owner',
    addDisposals: 'owner',
    removeDisposal: 'owner',
    importPayoutsCsv: 'owner',
    importDisposalsCsv: 'owner',
    handPart: 'owner',
    importPastCsv: 'owner',
    importPricesCsv: 'owner',
    exportLedger: 'viewer',
    importLedger: 'local',
    counters: 'viewer',
    retention: 'viewer',
    keep: 'local',
    forgetPreview: 'local',
    forget: 'local',
    backups: 'owner',
    orderRestore: 'local',
    cancelRestore: 'local',
    chains: 'viewer',
    span: 'viewer',
  },
  access: {
    me: 'viewer',
    state: 'local',
    change: 'local',
    setPassword: 'local',
    pair: 'local',
    endSession: 'local',
    useCertificate: 'local',
    makeCertificate: 'local',
  },
  planner: {
    stories: 'viewer',
    catalogue: 'viewer',
    fromSite: 'owner',
    assumptions: 'viewer',
    check: 'viewer',
    start: 'owner',
    startSizing: 'owner',
    startReplay: 'owner',
    cancel: 'owner',
    runs: 'viewer',
    saved: 'viewer',
    open: 'viewer',
    save: 'owner',
    remove: 'owner',
    compare: 'viewer',
    export: 'viewer',
  },
  diagnostics: { bundle: 'local' },
  homeAssistant: { state: 'owner', change: 'local' },
  events: { recent: 'viewer' },
};

const RANK: Record<Role, number> = { viewer: 0, owner: 1, local: 2 };
const members = new Map<string, Role>(
  Object.entries(LEAST).flatMap(([group, names]) =>
    Object.entries(names).map(([name, role]): [string, Role] => [`${group}.${name}`, role]),
  ),
);

/** @returns what a session of this role may call, by `group.name`; a member that is not known is nobody's */
export const allowFor =
  (role: Role) =>
  (member: string): boolean => {
    const least = members.get(member);
    return least !== undefined && RANK[role] >= RANK[least];
  };
