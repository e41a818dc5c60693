import net from 'node:net';
import { z } from 'zod';
import type { LoadedCase } from './case.ts';
import { listen, type Served } from './served.ts';

const Argument = z.union([z.string(), z.number(), z.null()]);
const Request = z.looseObject({
  cmd: z.string().optional(),
  command: z.string().optional(),
  param: Argument.optional(),
  parameter: Argument.optional(),
});

/** The CGMiner API: one request, the reply and a NUL byte, then the connection closes. */
export function serveCgminer(loaded: LoadedCase): Promise<Served> {
  return listen(
    net.createServer({ allowHalfOpen: true }, (socket) => {
      socket.once('data', (bytes) => {
        const key = cgminerKey(bytes.toString('utf8'));
        const name = loaded.cgminer?.[key] ?? loaded.cgminer?.[key.split('|')[0] ?? ''] ?? loaded.cgminer?.['*'];
        socket.end(name === undefined ? Buffer.of(0) : Buffer.concat([loaded.file(name), Buffer.of(0)]));
      });
      socket.on('end', () => socket.end());
    }),
  );
}

function cgminerKey(text: string): string {
  if (!text.trimStart().startsWith('{')) return text.replaceAll('\0', '').trim();
  const { cmd, command, param, parameter } = Request.parse(JSON.parse(text.replaceAll('\0', '')));
  const argument = parameter ?? param;
  const word = command ?? cmd ?? '';
  return argument === undefined || argument === null || argument === '' ? word : `${word}|${String(argument)}`;
}

/** JSON behind a 4-byte little-endian length, both ways. */
export function serveLengthJson(loaded: LoadedCase): Promise<Served> {
  return listen(
    net.createServer((socket) => {
      let pending = Buffer.alloc(0);
      socket.on('data', (chunk) => {
        pending = Buffer.concat([pending, chunk]);
        while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32LE(0)) {
          const body = pending.subarray(4, 4 + pending.readUInt32LE(0));
          pending = pending.subarray(4 + body.length);
          const { cmd = '', param } = Request.parse(JSON.parse(body.toString('utf8')));
          const name =
            loaded.lengthJson?.[param === undefined || param === null ? cmd : `${cmd} ${String(param)}`] ??
            loaded.lengthJson?.[cmd];
          const reply =
            typeof name === 'string' ? loaded.file(name) : Buffer.from('{"code":-1,"msg":"invalid command"}');
          const length = Buffer.alloc(4);
          length.writeUInt32LE(reply.length);
          socket.write(Buffer.concat([length, reply]));
        }
      });
    }),
  );
}
