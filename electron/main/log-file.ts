import { createStream } from 'rotating-file-stream';

export type LogLine = (source: 'shell' | 'engine' | 'simulator', line: string) => void;

/** pino's lines of level info and below: of no use to whoever started the app in a terminal. */
const ROUTINE = /^\{"level":[123]0,/;

/** Kept in memory for a report of what went on. */
const RECENT_LINES = 500;
const MAX_LINE = 2000;

/** Everything the processes say, in one file that is kept small; on the terminal only what is out of the ordinary. */
export function openLog(folder: string): { log: LogLine; recent(): string[] } {
  const lines: string[] = [];
  const stream = createStream('spillway.log', { path: folder, size: '5M', maxFiles: 3 });
  // A full disk must not take the shell down; the terminal still shows the line.
  stream.on('error', (cause: Error) => console.error(`shell: the log cannot be written: ${cause.message}`));
  return {
    log(source, line) {
      const dated = `${new Date().toISOString()} ${source} ${line}`;
      stream.write(`${dated}\n`);
      lines.push(dated.slice(0, MAX_LINE));
      if (lines.length > RECENT_LINES) lines.shift();
      if (!ROUTINE.test(line)) console.error(`${source}: ${line}`);
    },
    recent: () => [...lines],
  };
}
