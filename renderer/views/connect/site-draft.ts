import { NewSite, type Site } from '#shared/site.ts';

/** What stands in the fields of the first step. */
export interface SiteDraft {
  name: string;
  timeZone: string;
  currency: string;
  plant: Site['control']['plant'];
  connection: Site['control']['connection'];
  latitude: string;
  longitude: string;
  importPerKwh: string;
  exportPerKwh: string;
}
export type SiteField = keyof SiteDraft;
export type SiteProblems = Partial<Record<SiteField, string>>;

/** Where each of these is the usual money; anything else is typed. */
const MONEY: Record<string, string> = {
  US: 'USD',
  GB: 'GBP',
  CH: 'CHF',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  SE: 'SEK',
  NO: 'NOK',
  AE: 'AED',
  SA: 'SAR',
  EG: 'EGP',
  MA: 'MAD',
  MX: 'MXN',
  AR: 'ARS',
  CL: 'CLP',
  CO: 'COP',
  PE: 'PEN',
  IN: 'INR',
  ZA: 'ZAR',
};

export const newDraft = (region: string | undefined): SiteDraft => ({
  name: '',
  timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  currency: MONEY[region ?? ''] ?? 'EUR',
  plant: 'pv',
  connection: 'grid',
  latitude: '',
  longitude: '',
  importPerKwh: '',
  exportPerKwh: '',
});

const text = (value: number | undefined) => (value === undefined ? '' : String(value));

export const draftOfSite = ({ name, timeZone, currency, control, tariff }: Site): SiteDraft => ({
  name,
  timeZone,
  currency,
  plant: control.plant,
  connection: control.connection,
  latitude: text(control.location?.latitude),
  longitude: text(control.location?.longitude),
  importPerKwh: text(tariff.importPerKwh),
  exportPerKwh: text(tariff.exportPerKwh),
});

/** A decimal comma is a decimal point. */
const number = (typed: string) => (typed.trim() === '' ? undefined : Number(typed.trim().replace(',', '.')));

const without = (object: object, ...keys: string[]): object =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

const WORDS: Record<SiteField, string> = {
  name: 'connect.problem.name',
  timeZone: 'connect.problem.timeZone',
  currency: 'connect.problem.currency',
  plant: 'connect.problem.name',
  connection: 'connect.problem.name',
  latitude: 'connect.problem.latitude',
  longitude: 'connect.problem.longitude',
  importPerKwh: 'connect.problem.price',
  exportPerKwh: 'connect.problem.price',
};

export type MadeSite = { outcome: 'ok'; site: NewSite } | { outcome: 'refused'; problems: SiteProblems };

/** @param before the site that is changed; what the form does not show of it is kept */
export function siteOf(draft: SiteDraft, before?: Site): MadeSite {
  const latitude = number(draft.latitude);
  const longitude = number(draft.longitude);
  const importPerKwh = number(draft.importPerKwh);
  const exportPerKwh = number(draft.exportPerKwh);
  const location = latitude === undefined && longitude === undefined ? {} : { location: { latitude, longitude } };
  const parsed = NewSite.safeParse({
    name: draft.name.trim(),
    timeZone: draft.timeZone.trim(),
    currency: draft.currency.trim().toUpperCase(),
    control: {
      ...without(before?.control ?? {}, 'location'),
      plant: draft.plant,
      connection: draft.connection,
      ...location,
    },
    tariff: {
      ...without(before?.tariff ?? {}, 'importPerKwh', 'exportPerKwh'),
      ...(importPerKwh === undefined ? {} : { importPerKwh }),
      ...(exportPerKwh === undefined ? {} : { exportPerKwh }),
    },
  });
  if (parsed.success) return { outcome: 'ok', site: parsed.data };
  const problems: SiteProblems = {};
  for (const { path } of parsed.error.issues) {
    const field = path.findLast((step) => Object.hasOwn(WORDS, step)) as SiteField | undefined;
    if (field) problems[field] = WORDS[field];
  }
  return { outcome: 'refused', problems };
}
