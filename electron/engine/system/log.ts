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

/** JSON lines on stderr with secrets blanked; the host captures and rotates them. */
export function createLog(level = 'info'): Log {
  return pino({ level, redact: { paths: SECRET_PATHS, censor: '•••' } }, pino.destination(2));
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silentLog };
