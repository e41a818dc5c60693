import { createStream } from 'rotating-file-stream';

export type LogLine = (source: 'shell' | 'engine' | 'simulator', line: string) => void;

/** Everything the processes say, in one file that is kept small; also on the terminal that started the app. */
export function openLog(folder: string): LogLine {
  const stream = createStream('spillway.log', { path: folder, size: '5M', maxFiles: 3 });
  // A full disk must not take the shell down; the terminal still shows the line.
  stream.on('error', (cause: Error) => console.error(`shell: the log cannot be written: ${cause.message}`));
  return (source, line) => {
    stream.write(`${new Date().toISOString()} ${source} ${line}\n`);
    console.error(`${source}: ${line}`);
  };
}
