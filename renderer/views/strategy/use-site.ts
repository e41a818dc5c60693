import { useAnswer, type Asked } from '../../link/use-answer.ts';

const askSite = (engine: Asked) => engine.site.get({});

/** The site as the engine holds it; `again` asks anew, after a save. */
export function useSite() {
  const { answer: site, failed, again } = useAnswer(askSite);
  return { site, failed, again };
}
