import type { Site } from '#shared/site.ts';

/** The way from nothing to the first mined watt-hour; the site itself keeps how far it was gone. */
export const steps = ['site', 'devices', 'miners', 'check', 'limits', 'start'] as const;
export type Step = (typeof steps)[number];

export const stepOf = (name: string | null): Step => steps.find((each) => each === name) ?? 'site';

/** What can be seen to be done already. */
export function doneSteps(site: Site, commissioned: boolean): ReadonlySet<Step> {
  const has = (role: 'grid' | 'battery' | 'production') => site.devices.some(({ roles }) => roles.includes(role));
  const metered = site.control.connection === 'grid' ? has('grid') : has('battery') || has('production');
  const done: [Step, boolean][] = [
    ['site', !site.simulated],
    ['devices', metered],
    ['miners', site.loads.length > 0],
    ['check', commissioned],
    ['limits', metered && (!has('battery') || site.control.battery !== undefined)],
    ['start', site.mode !== 'observe' && site.mode !== 'off'],
  ];
  return new Set(done.flatMap(([step, is]) => (is ? [step] : [])));
}

/** Where to go on; undefined: all but the start is done, and observing is a choice too. */
export const nextStep = (done: ReadonlySet<Step>): Step | undefined =>
  steps.find((step) => step !== 'start' && !done.has(step));
