// What the tray shows. Pure: from the engine's last word to an icon, a tooltip and a menu.
import type { MenuItemConstructorOptions } from 'electron';
import type { EngineStatus, TrayMode } from '#shared/contract/host.ts';
import type { EngineProcess } from '#shared/contract/shell.ts';
import type { MuteEnd } from './mute.ts';
import { sayMaybe, type Say } from './words.ts';

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
  say: Say;
}

const modes = ['off', 'observe', 'surplus'] as const satisfies TrayMode[];

/** Name of the image in assets/tray. */
export function trayIcon({ process, status, simulated }: TrayPicture): string {
  if (process.state === 'lost' || process.state === 'refused') return 'engine-lost';
  const state = process.state === 'running' && status ? status.trayState : 'idle';
  return simulated && state !== 'attention' ? `${state}-simulated` : state;
}

export function trayTooltip({ process, status, simulated, say }: TrayPicture): string {
  const text = process.state === 'running' && status ? doing(status, say) : processLine(process, say);
  return simulated ? say('tray.simulated', { text }) : text;
}

const power = (powerW: number | undefined): string => {
  if (powerW === undefined) return '–';
  return powerW < 1000 ? `${Math.round(powerW)} W` : `${(powerW / 1000).toFixed(2)} kW`;
};

function doing({ drawW, surplusW }: EngineStatus, say: Say): string {
  const s = power(surplusW);
  return drawW === undefined ? say('tray.tipIdle', { s }) : say('tray.tipMining', { p: power(drawW), s });
}

function processLine(process: EngineProcess, say: Say): string {
  switch (process.state) {
    case 'starting':
      return say('tray.starting');
    case 'running':
      return 'Spillway';
    case 'stopping':
      return process.loadsRunning > 0
        ? say('tray.stoppingLoads', { count: process.loadsRunning })
        : say('tray.stopping');
    case 'restarting':
    case 'refused':
    case 'lost':
      return say(`tray.${process.state}`);
  }
}

export function trayMenu(picture: TrayPicture, actions: TrayActions): MenuItemConstructorOptions[] {
  const { process, status, muted, say } = picture;
  const running = process.state === 'running' && status !== undefined;
  const reason = running ? sayMaybe(say, `guard.${status.reason}`) : undefined;
  return [
    { label: running ? say(`tray.${status.trayState}`) : processLine(process, say), enabled: false },
    ...(reason === undefined ? [] : [{ label: reason, enabled: false }]),
    { type: 'separator' },
    running && status.miningStopped
      ? { label: say('tray.resume'), click: actions.resumeMining }
      : { label: say('tray.stop'), enabled: running, click: actions.stopMining },
    { label: say('tray.mode'), enabled: running, submenu: modeMenu(status, actions, say) },
    { label: say('tray.boost'), enabled: running, click: actions.boost },
    { type: 'separator' },
    { label: say('tray.open'), click: actions.open },
    { label: say('tray.mute'), submenu: muteMenu(muted, actions, say) },
    { type: 'separator' },
    { label: say('tray.quit'), click: actions.quit },
  ];
}

function modeMenu(status: EngineStatus | undefined, actions: TrayActions, say: Say): MenuItemConstructorOptions[] {
  return modes.map((mode) => ({
    label: say(`mode.${mode}`),
    type: 'radio',
    checked: status?.mode === mode,
    click: () => actions.setMode(mode),
  }));
}

function muteMenu(muted: boolean, actions: TrayActions, say: Say): MenuItemConstructorOptions[] {
  return [
    { label: say('tray.muteHour'), click: () => actions.mute('hour') },
    { label: say('tray.muteTomorrow'), click: () => actions.mute('tomorrow') },
    { label: say('tray.muteOff'), enabled: muted, click: () => actions.mute('off') },
  ];
}
