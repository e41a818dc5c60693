import { connect } from '#shared/rpc/client.ts';
import type { Done } from '#shared/contract/done.ts';
import type { EngineContract } from '#shared/contract/engine.ts';
import type { Desktop, ShellContract, UpdateState } from '#shared/contract/shell.ts';
import type { Client, Port } from '#shared/rpc/contract.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { tellHostWord } from '../link/host-word.ts';

let shell: Client<ShellContract> | undefined;

/** In a browser there is no shell, and this is never called. */
export function attachShell(port: Port): void {
  shell = connect<ShellContract>(port);
  shell.app.engine.subscribe(tellHostWord);
  port.onClose(() => (shell = undefined));
}

/** What this computer does with the app; absent in a browser. */
export const desktop = (): Promise<Desktop> | undefined => shell?.desktop.get({});

/** The update that there is or is not; never tells anything in a browser. */
export const watchUpdate = (listener: (state: UpdateState) => void): (() => void) | undefined =>
  shell?.app.update.subscribe(listener);

/** @returns why it is not put in place now */
export async function installUpdate(): Promise<string | undefined> {
  const answer = await shell?.app.installUpdate({});
  return answer?.outcome === 'refused' ? answer.message : undefined;
}

/** @returns as it is now */
export async function changeDesktop(change: Partial<Desktop>): Promise<Desktop | undefined> {
  await shell?.desktop.change(change);
  return desktop();
}

/** What the shell wrote into its log last; a browser has none. */
export const shellLog = async (): Promise<string[]> => (await shell?.app.recentLog({})) ?? [];

/** The way on when the engine stays down; in a browser there is none from the page. */
export function restartEngine(): void {
  void shell?.app.restartEngine({});
}

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has the data by the next turn of the loop.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** By the shell's own dialog where there is one, else as a download. */
export async function saveText(name: string, text: string): Promise<void> {
  if (!shell) return saveBlob(name, new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const saved = await shell.files.saveText({ name, text });
  if (saved.outcome === 'failed') throw new Error(saved.message);
}

/** Where the host keeps secrets: the shell's key store, or what the engine's own host has. */
export async function saveSecret(engine: Client<EngineContract>, name: string, value: string): Promise<Done> {
  if (!shell) return engine.devices.saveSecret({ name, value });
  const saved = await shell.secrets.save({ name, value });
  return saved.outcome === 'ok' ? saved : { outcome: 'refused', problems: [{ field: name, message: saved.message }] };
}

/** Window, tray, menus, dialogs and notifications follow the page. */
export function tellShell({ theme, language, notices }: Preferences): void {
  void shell?.window.follow({ theme, language, notices });
}
