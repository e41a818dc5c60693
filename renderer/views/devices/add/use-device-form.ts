import { useState } from 'react';
import type { Site } from '#shared/site.ts';
import { useEngine } from '../../../link/use-engine.ts';
import { saveSecret } from '../../../shell/shell-port.ts';
import { useAsk } from '../../../shell/ask.ts';
import { deviceOf, freeId, type Chosen, type Device, type Draft, type Problems } from './draft.ts';
import type { LiveTestResult } from './live-test.tsx';

export type Busy = 'testing' | 'saving' | undefined;

/** The fields of one device, its live test, and its way into the site. */
export function useDeviceForm(first: Draft, chosen: Chosen, before: Device | undefined, site: Site) {
  const engine = useEngine();
  const ask = useAsk();
  const [draft, setDraft] = useState(first);
  const [problems, setProblems] = useState<Problems>({});
  const [result, setResult] = useState<LiveTestResult>();
  const [busy, setBusy] = useState<Busy>();

  function made(): Device | undefined {
    const taken = new Set([...site.devices, ...site.loads].map(({ id }) => id));
    const id = before?.device.id ?? freeId(draft.name, taken);
    const told = deviceOf(draft, chosen, id, before);
    setProblems(told.outcome === 'refused' ? told.problems : {});
    return told.outcome === 'ok' ? told.made : undefined;
  }

  async function test() {
    const device = made();
    if (!device || !engine) return;
    setBusy('testing');
    setResult(undefined);
    const typed = draft.password === '' ? {} : { password: draft.password };
    try {
      const tried =
        device.kind === 'plant'
          ? await engine.devices.tryPlant({ device: device.device, ...typed })
          : await engine.devices.tryLoad({ device: device.device, ...typed });
      setResult({ tried, roles: device.kind === 'plant' ? device.device.roles : [], atMs: Date.now() });
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      setResult({ tried: { outcome: 'failed', fault: { kind: 'timeout', message } }, roles: [], atMs: Date.now() });
    }
    setBusy(undefined);
  }

  /** @returns true when the site has it */
  async function save(): Promise<boolean> {
    const device = made();
    if (!device) return false;
    setBusy('saving');
    const { connection } = device.device;
    const name = 'secret' in connection ? connection.secret : undefined;
    const kept = name === undefined || draft.password === '' || (await ask((e) => saveSecret(e, name, draft.password)));
    const saved =
      kept &&
      (await ask((e) =>
        device.kind === 'plant' ? e.devices.savePlant(device.device) : e.devices.saveLoad(device.device),
      ));
    setBusy(undefined);
    return saved;
  }

  return {
    draft,
    problems,
    result,
    busy,
    change(changes: Partial<Draft>) {
      setDraft((now) => ({ ...now, ...changes }));
      // What was read belongs to the fields of before.
      setResult(undefined);
    },
    test,
    save,
  };
}
