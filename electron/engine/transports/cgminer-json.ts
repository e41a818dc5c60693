const MAX_DEPTH = 48;

export type RepairedJson = { ok: true; value: unknown; cut: boolean } | { ok: false };

/**
 * JSON as miners write it: NUL at the end, `,}` `[,{` `}{`, a missing comma before a key, bare inf and nan, raw control
 * characters in texts, or cut off by a full buffer (the list of faults is that of pyasic rpc/base.py). Of a reply that is
 * cut off only whole members are kept: half a number is not a number.
 */
export function parseMinerJson(text: string): RepairedJson {
  const body = text.replaceAll('\0', '').trim();
  const start = body.search(/[{[]/);
  if (start < 0) return { ok: false };
  const repaired = repair(body.slice(start));
  if (repaired === undefined) return { ok: false };
  try {
    return { ok: true, value: JSON.parse(repaired.text) as unknown, cut: repaired.cut };
  } catch {
    return { ok: false };
  }
}

type Token = { kind: 'open' | 'close' | 'comma' | 'colon' | 'text' | 'bare'; text: string };

function repair(source: string): { text: string; cut: boolean } | undefined {
  const out: Token[] = [];
  const open: string[] = [];
  /** Length of `out` after the last whole member of each open bracket. */
  const whole: number[] = [];
  let cut = true;
  for (const token of tokens(source)) {
    if (token === 'cut') break;
    const last = out.at(-1);
    const endsValue = last !== undefined && (last.kind === 'close' || last.kind === 'text' || last.kind === 'bare');
    if (token.kind === 'close') {
      if (open.pop() !== (token.text === '}' ? '{' : '[')) return undefined;
      whole.pop();
      if (last?.kind === 'comma') out.pop();
      out.push(token);
      if (open.length === 0) {
        cut = false;
        break;
      }
      whole[whole.length - 1] = out.length;
      continue;
    }
    if (token.kind === 'comma') {
      if (!endsValue) continue;
      whole[whole.length - 1] = out.length;
      out.push(token);
      continue;
    }
    if (endsValue && token.kind !== 'colon') {
      whole[whole.length - 1] = out.length;
      out.push({ kind: 'comma', text: ',' });
    }
    out.push(token);
    if (token.kind === 'open') {
      open.push(token.text);
      whole.push(out.length);
      if (open.length > MAX_DEPTH) return undefined;
    }
  }
  if (!cut) return { text: join(out), cut: false };
  if (open.length === 0) return undefined;
  out.length = whole.at(-1) ?? 0;
  return {
    text:
      join(out) +
      open
        .toReversed()
        .map((bracket) => (bracket === '{' ? '}' : ']'))
        .join(''),
    cut: true,
  };
}

const join = (out: Token[]) => out.map((token) => token.text).join('');

const KINDS: Record<string, Token['kind']> = {
  '{': 'open',
  '[': 'open',
  '}': 'close',
  ']': 'close',
  ',': 'comma',
  ':': 'colon',
};

function* tokens(source: string): Generator<Token | 'cut'> {
  for (let i = 0; i < source.length; i++) {
    const c = source[i] ?? '';
    const kind = KINDS[c];
    if (kind) yield { kind, text: c };
    else if (c === '"') {
      const end = endOfText(source, i + 1);
      if (end < 0) return yield 'cut';
      yield { kind: 'text', text: escapeControls(source.slice(i, end + 1)) };
      i = end;
    } else if (/\S/.test(c)) {
      const bare = /^[^\s{}[\],:"]+/.exec(source.slice(i))?.[0] ?? c;
      i += bare.length - 1;
      if (i + 1 >= source.length) return yield 'cut';
      yield { kind: 'bare', text: /^[+-]?(inf(inity)?|nan)/i.test(bare) ? 'null' : bare };
    }
  }
}

function endOfText(source: string, from: number): number {
  for (let i = from; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === '"') return i;
  }
  return -1;
}

const CONTROL = /\p{Cc}/gu;

function escapeControls(text: string): string {
  return text.replaceAll(CONTROL, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
