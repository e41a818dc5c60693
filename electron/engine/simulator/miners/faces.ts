/** One HTTP request as a simulated device sees it, and its answer. */
export interface HttpAsked {
  method: string;
  path: string;
  body: string;
  headers: Record<string, string | string[] | undefined>;
}
export interface HttpAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: string | object;
}

export interface CgminerAsked {
  command: string;
  parameter: string;
}

/** The three ways of asking: JSON with `command`, JSON with `cmd`, or `command|parameter`. */
export function cgminerAsked(request: string): CgminerAsked {
  const text = request.replaceAll('\0', '').trim();
  if (!text.startsWith('{')) {
    const [command = '', ...rest] = text.split('|');
    return { command, parameter: rest.join('|') };
  }
  const { command, cmd, parameter } = JSON.parse(text) as Record<string, string | undefined>;
  return { command: command ?? cmd ?? '', parameter: parameter ?? '' };
}

/** The envelope of the CGMiner API. */
export function cgminerReply(
  atMs: number,
  code: number,
  message: string,
  sections: Record<string, unknown> = {},
  letter: 'S' | 'I' | 'W' | 'E' = 'S',
): string {
  const status = { STATUS: letter, When: Math.floor(atMs / 1000), Code: code, Msg: message, Description: 'simulated' };
  return JSON.stringify({ STATUS: [status], ...sections, id: 1 });
}

export const invalidCommand = (atMs: number) => cgminerReply(atMs, 14, 'Invalid command', {}, 'E');

export const jsonIn = (body: string): Record<string, unknown> => {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
};
