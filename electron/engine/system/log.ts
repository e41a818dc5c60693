import { pino } from 'pino';

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Log;
}

const SECRET_PATHS = [
  'password',
  'token',
  'secret',
  'secrets',
  '*.password',
  '*.token',
  '*.secret',
  '*.secrets',
  'headers.authorization',
];

/** The last lines of a log, for a report of what went on. */
export interface RecentLines {
  keep(line: string): void;
  all(): readonly string[];
}

export function recentLines(most = 500): RecentLines {
  const lines: string[] = [];
  return {
    keep(line) {
      lines.push(line.trimEnd());
      if (lines.length > most) lines.shift();
    },
    all: () => [...lines],
  };
}

/** JSON lines on stderr with secrets blanked; the host captures and rotates them. */
export function createLog(level = 'info', recent?: RecentLines): Log {
  const stderr = pino.destination(2);
  const both = {
    write(line: string) {
      recent?.keep(line);
      stderr.write(line);
    },
  };
  return pino({ level, redact: { paths: SECRET_PATHS, censor: '•••' } }, both);
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silentLog };
