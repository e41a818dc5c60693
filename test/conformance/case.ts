import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Expected = z.union([z.number(), z.string(), z.boolean(), z.null()]);
const UdpExchange = z.object({ request: z.string(), payload: z.string() });
const MqttMessage = z.object({ topic: z.string(), payload: z.string() });

/** case.json as README.md of the conformance cases defines it. */
export const ConformanceCase = z.object({
  id: z.string(),
  kind: z.enum(['plant', 'miner']),
  vendor: z.string().optional(),
  model: z.string().optional(),
  firmware: z.string().optional(),
  family: z.string(),
  transport: z.enum([
    'http',
    'modbus-tcp',
    'cgminer-tcp',
    'udp-multicast',
    'serial-telegram',
    'mqtt',
    'udp',
    'length-json-tcp',
  ]),
  http: z
    .record(z.string(), z.object({ status: z.number(), body: z.string(), contentType: z.string().optional() }))
    .optional(),
  modbus: z.object({ unit: z.number(), holding: z.string().optional(), input: z.string().optional() }).optional(),
  cgminer: z.record(z.string(), z.string()).optional(),
  lengthJson: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  datagrams: z.array(z.union([z.string(), UdpExchange, MqttMessage])).optional(),
  auth: z.object({ user: z.string(), password: z.string(), scheme: z.enum(['basic', 'digest']) }).optional(),
  setup: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  expect: z.record(z.string(), Expected),
  tolerance: z.record(z.string(), z.number()).default({}),
  notes: z.string().optional(),
});
export type ConformanceCase = z.infer<typeof ConformanceCase>;

export interface LoadedCase extends ConformanceCase {
  /** The bytes of one of its files; `.hex` files decoded. */
  file(name: string): Buffer;
}

export function loadCase(folder: string): LoadedCase {
  const parsed = ConformanceCase.parse(JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')));
  return {
    ...parsed,
    file(name) {
      const bytes = readFileSync(join(folder, name));
      return name.endsWith('.hex') ? Buffer.from(bytes.toString('utf8').replaceAll(/\s+/g, ''), 'hex') : bytes;
    },
  };
}

/** Register image: address → 16-bit word. */
export function registers(loaded: LoadedCase, name: string | undefined): Map<number, number> {
  if (name === undefined) return new Map();
  const image = z
    .record(z.string(), z.number().int().min(0).max(0xffff))
    .parse(JSON.parse(loaded.file(name).toString('utf8')));
  return new Map(Object.entries(image).map(([at, word]) => [Number(at), word]));
}
