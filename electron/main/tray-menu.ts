// What the tray shows. Pure: from the engine's last word to an icon, a tooltip and a menu.
import type { MenuItemConstructorOptions } from 'electron';
import type { EngineStatus, TrayMode, TrayState } from '#shared/contract/host.ts';
import type { EngineProcess } from '#shared/contract/shell.ts';
import type { MuteEnd } from './mute.ts';

export interface TrayActions {
  open(): void;
  stopMining(): void;
  resumeMining(): void;
  setMode(mode: TrayMode): void;
  boost(): void;
  mute(until: MuteEnd): void;
  quit(): void;
}

export interface TrayPicture {
  process: EngineProcess;
  status: EngineStatus | undefined;
  simulated: boolean;
  muted: boolean;
}

const MODE_LABELS: Record<TrayMode, string> = { off: 'Off', observe: 'Observe only', surplus: 'Surplus only' };

const STATE_LABELS: Record<TrayState, string> = {
  idle: 'Waiting for surplus',
  mining: 'Mining',
  curtailing: 'Energy is being lost',
  off: 'Off',
  attention: 'Needs attention',
};

/** Name of the image in assets/tray. */
export function trayIcon({ process, status, simulated }: TrayPicture): string {
  if (process.state === 'lost' || process.state === 'refused') return 'engine-lost';
  const state = process.state === 'running' && status ? status.trayState : 'idle';
  return simulated && state !== 'attention' ? `${state}-simulated` : state;
}

export function trayTooltip({ process, status, simulated }: TrayPicture): string {
  const text = process.state === 'running' ? (status?.tooltip ?? 'Spillway') : processLine(process);
  return simulated ? `${text} (simulated)` : text;
}

function processLine(process: EngineProcess): string {
  switch (process.state) {
    case 'starting':
      return 'Spillway is starting';
    case 'running':
      return 'Spillway';
    case 'stopping':
      return process.loadsRunning > 0 ? `Stopping ${process.loadsRunning} miners…` : 'Stopping…';
    case 'restarting':
    case 'refused':
    case 'lost':
      return process.message;
  }
}

export function trayMenu(picture: TrayPicture, actions: TrayActions): MenuItemConstructorOptions[] {
  const { process, status, muted } = picture;
  const running = process.state === 'running' && status !== undefined;
  return [
    { label: running ? STATE_LABELS[status.trayState] : processLine(process), enabled: false },
    ...(running ? [{ label: status.reason, enabled: false }] : []),
    { type: 'separator' },
    running && status.miningStopped
      ? { label: 'Resume mining', click: actions.resumeMining }
      : { label: 'Stop mining', enabled: running, click: actions.stopMining },
    { label: 'Mode', enabled: running, submenu: modeMenu(status, actions) },
    { label: 'Boost until…', enabled: running, click: actions.boost },
    { type: 'separator' },
    { label: 'Open Spillway', click: actions.open },
    { label: 'Mute notifications', submenu: muteMenu(muted, actions) },
    { type: 'separator' },
    { label: 'Quit (stops mining first)', click: actions.quit },
  ];
}

function modeMenu(status: EngineStatus | undefined, actions: TrayActions): MenuItemConstructorOptions[] {
  return Object.entries(MODE_LABELS).map(([mode, label]) => ({
    label,
    type: 'radio',
    checked: status?.mode === mode,
    click: () => actions.setMode(mode as TrayMode),
  }));
}

function muteMenu(muted: boolean, actions: TrayActions): MenuItemConstructorOptions[] {
  return [
    { label: '1 hour', click: () => actions.mute('hour') },
    { label: 'Until tomorrow', click: () => actions.mute('tomorrow') },
    { label: 'Show again', enabled: muted, click: () => actions.mute('off') },
  ];
}
