import { describe, expect, it, vi } from 'vitest';
import { TrayState, type EngineStatus } from '#shared/contract/host.ts';
import type { EngineProcess } from '#shared/contract/shell.ts';
import { sayIn } from '../../electron/main/words.ts';
import { trayIcon, trayMenu, trayTooltip, type TrayActions, type TrayPicture } from '../../electron/main/tray-menu.ts';

const running: EngineProcess = { state: 'running', restarts: 0 };
const mining: EngineStatus = {
  kind: 'status',
  trayState: 'mining',
  drawW: 1230,
  surplusW: 2080,
  reason: 'mining-surplus',
  loadsRunning: 1,
  loadsStarting: 0,
  mode: 'surplus',
  miningStopped: false,
  keepAwake: true,
};

function picture(changes: Partial<TrayPicture> = {}): TrayPicture {
  return { process: running, status: mining, simulated: false, muted: false, say: sayIn('en'), ...changes };
}

function actions(): TrayActions {
  const names = ['open', 'stopMining', 'resumeMining', 'setMode', 'boost', 'mute', 'quit'] as const;
  return Object.fromEntries(names.map((name) => [name, vi.fn()])) as unknown as TrayActions;
}

const labels = (p: TrayPicture) => trayMenu(p, actions()).flatMap(({ label }) => label ?? []);

describe('the tray', () => {
  it.each([
    { name: 'each state has its shape', p: picture(), icon: 'mining' },
    { name: 'a simulated site is dashed', p: picture({ simulated: true }), icon: 'mining-simulated' },
    { name: 'starting', p: picture({ process: { state: 'starting' }, status: undefined }), icon: 'idle' },
    { name: 'lost', p: picture({ process: { state: 'lost', message: 'm' } }), icon: 'engine-lost' },
    { name: 'refused', p: picture({ process: { state: 'refused', message: 'm' } }), icon: 'engine-lost' },
    {
      name: 'what it last did is not shown while it is away',
      p: picture({ process: { state: 'restarting', message: 'm', waitMs: 1 } }),
      icon: 'idle',
    },
  ])('$name', ({ p, icon }) => {
    expect(trayIcon(p)).toBe(icon);
  });

  it('has an icon for every state of the engine', () => {
    expect(TrayState.options.map((trayState) => trayIcon(picture({ status: { ...mining, trayState } })))).toEqual(
      TrayState.options,
    );
  });

  it('says what happens, and that it is simulated', () => {
    expect(trayTooltip(picture({ simulated: true }))).toBe('Mining 1.23 kW · surplus 2.08 kW (simulated)');
    expect(trayTooltip(picture({ process: { state: 'lost', message: 'The engine crashed.' } }))).toBe(
      'The engine stays off',
    );
    expect(trayTooltip(picture({ status: { ...mining, drawW: undefined, surplusW: undefined } }))).toBe(
      'Not mining · surplus –',
    );
    expect(trayTooltip(picture({ say: sayIn('de') }))).toBe('Mining 1.23 kW · Überschuss 2.08 kW');
  });

  it('speaks the language of the page, the reason too', () => {
    const spoken = labels(picture({ say: sayIn('ar') }));
    expect(spoken).toContain('إيقاف التعدين');
    expect(spoken).toContain('الفائض');
    expect(spoken.filter((label) => /[a-z]{3}/i.test(label.replace('Spillway', '')))).toEqual([]);
  });

  it('offers Stop while mining may happen, Resume after a stop', () => {
    expect(labels(picture())).toContain('Stop mining');
    const stopped = labels(picture({ status: { ...mining, miningStopped: true } }));
    expect(stopped).toContain('Resume mining');
    expect(stopped).not.toContain('Stop mining');
  });

  it('commands nothing while no engine runs, but can always open and quit', () => {
    const items = trayMenu(picture({ process: { state: 'starting' }, status: undefined }), actions());
    const enabled = items.filter(({ enabled: on, label }) => label && on !== false).map(({ label }) => label);
    expect(enabled).toEqual(['Open Spillway', 'Mute notifications', 'Quit (stops mining first)']);
  });
});
