import { FILE_PART, type Imported } from '#shared/contract/books.ts';
import type { Engine } from './use-asked.ts';

/** Hands a large text over part by part, then has it taken in under its name. */
export async function handOver(
  engine: Engine,
  text: string,
  takeIn: (file: string) => Promise<Imported>,
): Promise<Imported> {
  const file = crypto.randomUUID();
  for (let at = 0; at < text.length; at += FILE_PART) {
    const done = await engine.books.handPart({ file, text: text.slice(at, at + FILE_PART) });
    if (done.outcome === 'refused') return done;
  }
  return takeIn(file);
}
