import { spawn, type ChildProcess } from 'node:child_process';
import net from 'node:net';
import { createInterface } from 'node:readline';

/** A program under test that ends with it. */
export interface Running {
  child: ChildProcess;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a program and waits for a line that matches. Names what is missing where it cannot be started. */
export async function start(
  command: string,
  args: readonly string[],
  ready: RegExp,
  input?: string,
): Promise<Running & { found: RegExpExecArray }> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const said: string[] = [];
  const found = await new Promise<RegExpExecArray>((resolve, reject) => {
    const look = (line: string) => {
      said.push(line);
      const match = ready.exec(line);
      if (match) resolve(match);
    };
    createInterface(child.stdout).on('line', look);
    createInterface(child.stderr).on('line', look);
    child.once('error', (error) =>
      reject(new Error(`${command} cannot be started; npm test installs it`, { cause: error })),
    );
    child.once('exit', (code) => reject(new Error(`${command} ended with ${code}: ${said.join('\n')}`)));
    if (input !== undefined) child.stdin.write(`${input}\n`);
  });
  return {
    child,
    found,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.removeAllListeners('exit');
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

const PEER = new URL('../peers/pymodbus_server.py', import.meta.url).pathname;

export type Image = { holding?: Record<number, number>; input?: Record<number, number> };

/** pymodbus of Debian's python3-pymodbus as an independent peer. */
export async function pymodbus(mode: 'tcp' | 'rtu', address: string, unit: number, image: Image) {
  const server = await start(
    '/usr/bin/python3',
    [PEER, mode, address, String(unit)],
    /^ready (\d+)/,
    JSON.stringify(image),
  );
  return {
    ...server,
    port: Number(server.found[1]),
    set: (table: 'holding' | 'input', at: number, word: number) =>
      server.child.stdin?.write(`${table} ${at} ${word}\n`),
  };
}
