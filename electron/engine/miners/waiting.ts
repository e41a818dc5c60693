import { httpClient } from '#engine/transports/http.ts';
import { runProgram } from '#engine/transports/local-process.ts';
import { at, flagAt, listAt, numberAt, textAt } from './fields.ts';

/** Whether a compute job has work; undefined where it cannot be told. */
export interface WaitingProbe {
  waiting(nowMs: number, signal: AbortSignal): Promise<boolean | undefined>;
  close(): Promise<void>;
}

// A model that was used this long ago counts as in use.
const USED_MS = 30_000;
const OLLAMA_KEEP_MS = 300_000;

/** Ollama tells when it will unload a model: keep-alive after its last use. */
export function ollamaWaiting(reply: unknown, nowMs: number, keepMs = OLLAMA_KEEP_MS): boolean {
  return listAt(reply, 'models').some((model) => {
    const untilMs = Date.parse(textAt(model, 'expires_at') ?? '');
    return untilMs - nowMs > keepMs - USED_MS;
  });
}

/** llama-server's `/slots`: one that computes; `state` 1 on older versions. */
export function slotsWaiting(reply: unknown): boolean | undefined {
  if (!Array.isArray(reply)) return undefined;
  return reply.some((slot) => flagAt(slot, 'is_processing') === true || (numberAt(slot, 'state') ?? 0) > 0);
}

/** llama-server's `/metrics`, in Prometheus text. */
export function metricsWaiting(text: string): boolean | undefined {
  const value = (name: string) => Number(new RegExp(`^llamacpp:${name}\\s+(\\S+)`, 'm').exec(text)?.[1] ?? Number.NaN);
  const counts = [value('requests_processing'), value('requests_deferred')].filter((n) => Number.isFinite(n));
  return counts.length === 0 ? undefined : counts.some((n) => n > 0);
}

/** Asks the service that `url` names: Ollama, or llama-server. */
export function serviceProbe(kind: 'ollama' | 'llama-server', url: URL, keepMs?: number): WaitingProbe {
  const tls = url.protocol === 'https:';
  const port = url.port === '' ? (tls ? 443 : 80) : Number(url.port);
  const client = httpClient({ transport: 'http', host: url.hostname, port, tls });
  return {
    async waiting(nowMs, signal) {
      if (kind === 'ollama') {
        const reply = await client.json('/api/ps', signal);
        return reply.outcome === 'ok' && at(reply.value, 'models') !== undefined
          ? ollamaWaiting(reply.value, nowMs, keepMs)
          : undefined;
      }
      const slots = await client.json('/slots', signal);
      const busy = slots.outcome === 'ok' ? slotsWaiting(slots.value) : undefined;
      // Requests that wait for a slot are in the metrics alone.
      if (busy) return true;
      const metrics = await client.text('/metrics', signal);
      return metrics.outcome === 'ok' ? (metricsWaiting(metrics.value) ?? busy) : busy;
    },
    close: () => client.close(),
  };
}

/** Any program that exits 0 while there is work. */
export function programProbe(argv: readonly string[], directory: string | undefined): WaitingProbe {
  return {
    async waiting(_nowMs, signal) {
      const done = await runProgram(argv, { directory, timeoutMs: 5000 }, signal);
      return done.outcome === 'ok' ? done.code === 0 : undefined;
    },
    close: () => Promise.resolve(),
  };
}
