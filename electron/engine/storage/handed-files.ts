const MOST_FILES = 4;
/** A year of slots with ten loads; longer texts come near the longest that JavaScript can hold. */
export const MOST_CHARACTERS = 400_000_000;

export interface HandedFiles {
  /** @returns why no more of it is taken */
  add(file: string, text: string): string | undefined;
  /** The whole text, once; undefined where nothing of that name was handed over. */
  take(file: string): string | undefined;
}

/** Files on their way in, part by part, until they are taken. */
export function handedFiles(): HandedFiles {
  const files = new Map<string, { parts: string[]; length: number }>();
  return {
    add(file, text) {
      const known = files.get(file) ?? { parts: [], length: 0 };
      known.length += text.length;
      if (known.length > MOST_CHARACTERS) {
        files.delete(file);
        return `The file is longer than ${MOST_CHARACTERS / 1e6} million characters; cut it into years.`;
      }
      known.parts.push(text);
      files.set(file, known);
      const [oldest] = files.keys();
      if (files.size > MOST_FILES && oldest !== undefined) files.delete(oldest);
      return undefined;
    },
    take(file) {
      const text = files.get(file)?.parts.join('');
      files.delete(file);
      return text;
    },
  };
}
