import { StringDecoder } from 'node:string_decoder';
import { utilityProcess, type MessagePortMain } from 'electron';

/** A forked process as its supervisor needs it; tests give one of their own. */
export interface Child {
  send(message: object, ports?: MessagePortMain[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Once, however it ended. */
  onExit(listener: (code: number) => void): void;
  kill(): void;
}

/** Node options would let whoever starts the app run code in its children. */
const DANGEROUS_VARIABLES = ['NODE_OPTIONS', 'NODE_REPL_EXTERNAL_MODULE', 'ELECTRON_RUN_AS_NODE'];

function childEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !DANGEROUS_VARIABLES.includes(name)));
}

/** @param onLine receives each whole line that the child writes */
export function forkChild(modulePath: string, name: string, onLine: (line: string) => void): Child {
  const child = utilityProcess.fork(modulePath, [], { serviceName: name, stdio: 'pipe', env: childEnvironment() });
  for (const stream of [child.stdout, child.stderr]) if (stream) readLines(stream, onLine);
  return {
    send: (message, ports) => child.postMessage(message, ports),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => void child.kill(),
  };
}

function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void) {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}
