/** A piece of a JSON object: one of its members, the beginning of a list among them, or an element of such a list. */
export interface JsonPart {
  key: string;
  is: 'value' | 'list' | 'element';
  /** JSON of the value or the element. */
  text: string;
}

/**
 * Reads an object piece by piece, so that a file of any size can be worked through in slices. Only the pieces are left to
 * JSON.parse. @throws SyntaxError where brackets, commas or quotes are not where they must be
 */
export function* jsonParts(text: string): Generator<JsonPart, undefined> {
  let at = skipSpace(text, 0);
  at = expect(text, at, '{');
  while (text.charAt(at) !== '}') {
    const keyEnd = endOfValue(text, at);
    const key = String(JSON.parse(text.slice(at, keyEnd)));
    at = expect(text, skipSpace(text, keyEnd), ':');
    if (text.charAt(at) === '[') {
      yield { key, is: 'list', text: '' };
      at = expect(text, at, '[');
      while (text.charAt(at) !== ']') {
        const end = endOfValue(text, at);
        yield { key, is: 'element', text: text.slice(at, end) };
        at = afterComma(text, end, ']');
      }
      at += 1;
    } else {
      const end = endOfValue(text, at);
      yield { key, is: 'value', text: text.slice(at, end) };
      at = end;
    }
    at = afterComma(text, at, '}');
  }
  at = skipSpace(text, at + 1);
  if (at < text.length) throw unexpected(text, at);
  return undefined;
}

const unexpected = (text: string, at: number): SyntaxError =>
  new SyntaxError(at < text.length ? `Unexpected "${text.charAt(at)}" at ${at}` : 'Unexpected end of the file');

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

/** @returns behind the sign and the space after it */
function expect(text: string, at: number, sign: string): number {
  if (text.charAt(at) !== sign) throw unexpected(text, at);
  return skipSpace(text, at + 1);
}

function afterComma(text: string, from: number, closing: string): number {
  const at = skipSpace(text, from);
  if (text.charAt(at) === closing) return at;
  const next = expect(text, at, ',');
  if (text.charAt(next) === closing) throw unexpected(text, next);
  return next;
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw unexpected(text, text.length);
    let slashes = 0;
    while (text.charAt(quote - 1 - slashes) === '\\') slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** Behind the value that begins here: by its quotes, its brackets, or the next sign that cannot belong to it. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '"') {
      at = endOfString(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if (sign === '{' || sign === '[') depth += 1;
    else if (depth > 0 && (sign === '}' || sign === ']')) {
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && /[\s,:}\]]/.test(sign)) {
      if (at === from) throw unexpected(text, at);
      return at;
    }
  }
  throw unexpected(text, text.length);
}
