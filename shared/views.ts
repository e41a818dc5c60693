/** The views in the order of the rail; each has an address, `#/history`. Settings stands at its foot. */
export const views = ['now', 'history', 'earnings', 'devices', 'strategy', 'planner', 'settings'] as const;
export type View = (typeof views)[number];

/** The periods that a view of the past can show. */
export const periods = ['day', 'week', 'month', 'year', 'all'] as const;
export type Period = (typeof periods)[number];
