import type { EngineContract } from '#shared/contract/engine.ts';
import type { Handlers } from '#shared/rpc/contract.ts';
import { Site } from '#shared/site.ts';
import { checkSite } from './check-site.ts';
import { done } from './done.ts';
import type { SiteHost } from './engine-options.ts';

export interface SiteParts {
  sites?: SiteHost | undefined;
}

const ONE_SITE = done([{ field: 'site', message: 'This Spillway was started for one site; start it without --site.' }]);

/** The owner's way from the simulated site to one of their own, and back. */
export function siteHandlers({ sites }: SiteParts): Pick<Handlers<EngineContract>['site'], 'create' | 'switchTo'> {
  return {
    async create(told) {
      if (!sites) return ONE_SITE;
      const site = Site.parse({ ...told, version: 1, id: idOf(told.name), mode: 'observe' });
      const problems = checkSite(site);
      if (problems.length === 0) problems.push(...(await sites.create(site)));
      if (problems.length === 0) sites.switchTo('own');
      return done(problems);
    },
    switchTo({ site }) {
      if (!sites) return ONE_SITE;
      if (site === 'own' && !sites.hasOwn())
        return done([{ field: 'site', message: 'There is no site of your own yet: connect your devices first.' }]);
      sites.switchTo(site);
      return done([]);
    },
  };
}

/** Names the database; the name itself may change later. */
function idOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return plain.slice(0, 40) || 'home';
}
