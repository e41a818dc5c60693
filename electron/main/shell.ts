import { app, BrowserWindow, powerMonitor } from 'electron';
import type { EngineStatus } from '#shared/contract/host.ts';
import { Language, ShellContract, type EngineProcess } from '#shared/contract/shell.ts';
import { serve } from '#shared/rpc/server.ts';
import { setAppMenu } from './app-menu.ts';
import { serveAppProtocol } from './app-protocol.ts';
import { askBeforeHiding, tellEngineDown, tellUnconfirmed } from './closing.ts';
import { engineProcesses } from './engine-process.ts';
import { createKeepAwake } from './keep-awake.ts';
import type { SiteChoice } from './launch-options.ts';
import { loginItem } from './login-item.ts';
import { openLog } from './log-file.ts';
import { portOf } from './message-port.ts';
import { createNotices } from './notices.ts';
import { guardPages } from './page-guard.ts';
import { handOutPorts } from './page-ports.ts';
import { paths } from './paths.ts';
import { openSecrets } from './secret-store.ts';
import { openSettings } from './settings.ts';
import type { watchOpened } from './opened.ts';
import { mayUse } from './site-file.ts';
import { shellHandlers } from './shell-handlers.ts';
import type { SupervisorState } from './supervisor.ts';
import { unconfirmedMessage } from './unconfirmed.ts';
import { sayIn, type Say } from './words.ts';
import { createTray, type TrayView } from './tray.ts';
import { openUpdater } from './updates/updater.ts';
import { openUpdates } from './updates/updates.ts';
import { createMainWindow } from './window.ts';

/** The supervisor's own deadline; the page counts it down. */
const STOP_MS = 10_000;

const LOOK_FOR_UPDATES_MS = 60_000;
/** An installer that has not taken over by then will not: Spillway goes on as it is. */
const INSTALL_MS = 60_000;

/** Puts the shell together: one window, one tray, the engine's processes, and what ties them. */
export function openShell(asked: SiteChoice | undefined, onOpened: ReturnType<typeof watchOpened>) {
  const { log, recent } = openLog(paths.userFile('logs'));
  const note = (message: string) => log('shell', message);
  const settings = openSettings(paths.userFile('shell.json'), note);
  const secrets = openSecrets(paths.userFile('secrets.json'), note);

  let choice = asked ?? rememberedChoice();
  let process: EngineProcess = { state: 'starting' };
  let status: EngineStatus | undefined;
  let quitting: Promise<void> | undefined;
  let isReplaced = false;
  const watchers = new Set<(process: EngineProcess) => void>();
  const keepAwake = createKeepAwake();
  let tray: TrayView | undefined;

  const say = (): Say => {
    const system = Language.safeParse(app.getLocale().slice(0, 2));
    return sayIn(settings.get().language ?? system.data ?? 'en');
  };

  function rememberedChoice(): SiteChoice {
    const { siteFile, simulated } = settings.get();
    return siteFile && !simulated ? { kind: 'file', siteFile } : { kind: 'simulated', site: 'home', speed: 1 };
  }

  const ownFile = () =>
    choice.kind === 'file' ? choice.siteFile : (settings.get().siteFile ?? paths.userFile('site.json'));

  function runOwn(siteFile: string) {
    settings.change({ siteFile, simulated: false });
    choice = { kind: 'file', siteFile };
    void engine.restart();
  }

  function runSimulated() {
    if (choice.kind === 'file') settings.change({ siteFile: choice.siteFile });
    settings.change({ simulated: true });
    choice = { kind: 'simulated', site: 'home', speed: 1 };
    void engine.restart();
  }

  const engine = engineProcesses({
    choice: () => choice,
    siteFile: ownFile,
    dataDir: app.getPath('userData'),
    secrets: secrets.all,
    log,
    onState: changeState,
    onStatus(next) {
      status = next;
      keepAwake(next.keepAwake && next.loadsRunning > 0);
      refresh();
    },
    onNotice: (notice) => notices.show(notice),
    keepSecret(name, value) {
      if (secrets.kind() !== 'none') secrets.save(name, value);
    },
    onSwitch: (which) => (which === 'own' ? runOwn(ownFile()) : runSimulated()),
  });

  const open = (route?: string) => window.show(route);
  const notices = createNotices({
    pageHasFocus: () => window.isFocused(),
    open,
    wishes: () => settings.get().notices,
    say,
  });
  const updates = openUpdates({
    updater: openUpdater(),
    wanted: () => settings.get().updates,
    loads: () =>
      status && process.state === 'running'
        ? { starting: status.loadsStarting, running: status.loadsRunning }
        : undefined,
    windowHasFocus: () => window.isFocused(),
    nowMs: () => Date.now(),
    leave(install) {
      quitting ??= quit(() => giveWayTo(install));
    },
    note,
  });
  setInterval(() => void updates.tick(), LOOK_FOR_UPDATES_MS);

  function giveWayTo(install: () => void) {
    isReplaced = true;
    setTimeout(() => {
      note('The update was not put in place; Spillway starts again as it was.');
      app.relaunch();
      app.exit(0);
    }, INSTALL_MS);
    // A window that only hides would keep the app from quitting.
    app.on('window-all-closed', () => undefined);
    for (const each of BrowserWindow.getAllWindows()) each.destroy();
    install();
  }

  const handlers = shellHandlers(settings, secrets, loginItem(), updates, {
    simulated: () => choice.kind === 'simulated',
    watchEngine(listener) {
      listener(process);
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    restartEngine: () => void engine.restart(),
    useSiteFile: runOwn,
    languageChanged() {
      setAppMenu(say(), open);
      refresh();
    },
    say,
    secretsChanged: () => engine.send({ kind: 'secrets', secrets: secrets.all() }),
    recentLog: recent,
    quit: () => app.quit(),
  });
  const reportBug = (member: string, cause: unknown) => note(`${member} failed: ${String(cause)}`);
  const ports = handOutPorts(engine.connect, (port) => serve(ShellContract, handlers, portOf(port), reportBug));

  function refresh() {
    tray?.show({ process, status, simulated: choice.kind === 'simulated', muted: notices.muted(), say: say() });
  }

  function changeState(next: SupervisorState) {
    if (next.state === 'stopped') return;
    if (next.state === 'starting') ports.engineIsThere();
    else if (next.state !== 'running') ports.engineIsGone();
    process =
      next.state === 'stopping' ? { ...next, loadsRunning: status?.loadsRunning ?? 0, deadlineMs: STOP_MS } : next;
    if (next.state !== 'running' && next.state !== 'stopping') {
      status = undefined;
      keepAwake(false);
    }
    for (const watcher of watchers) watcher(process);
    refresh();
    if (next.state === 'lost' || next.state === 'refused') void offerRestart(next.message, next.state);
  }

  async function offerRestart(message: string, state: 'lost' | 'refused') {
    note(message);
    const told = state === 'lost' ? say()('down.crashed') : message;
    if ((await tellEngineDown(told, say())) === 'restart') await engine.restart();
  }

  async function quit(end: () => void) {
    const running = status?.loadsRunning ?? 0;
    const message = unconfirmedMessage(await engine.stop(), running, say());
    if (message) {
      note(message);
      await tellUnconfirmed(message, say());
    }
    end();
  }

  guardPages(note);
  serveAppProtocol(paths.renderer);
  setAppMenu(say(), open);
  // The engine and the window start side by side; the tray can wait.
  engine.start();
  const window = createMainWindow(settings);
  tray = createTray(
    {
      open: () => window.show(),
      stopMining: () => engine.send({ kind: 'stop-mining' }),
      resumeMining: () => engine.send({ kind: 'resume-mining' }),
      setMode: (mode) => engine.send({ kind: 'mode', mode }),
      boost: () => window.show('#/strategy'),
      mute(until) {
        notices.mute(until);
        refresh();
      },
      quit: () => app.quit(),
    },
    note,
  );
  refresh();

  async function windowClosed() {
    if (quitting) return;
    const answer = await askBeforeHiding(settings, tray !== undefined, say());
    if (answer === 'hide') window.hide();
    if (answer === 'quit') app.quit();
  }

  window.onClose(() => void windowClosed());
  app.on('before-quit', (event) => {
    if (isReplaced) return;
    event.preventDefault();
    quitting ??= quit(() => app.exit(0));
  });
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) =>
    note(`${name ?? type} is gone: ${reason}, code ${exitCode}.`),
  );
  app.on('second-instance', () => window.show());
  onOpened((opened) => {
    if (opened.kind === 'link') window.show(opened.route);
    else void mayUse(opened.path, say()).then((may) => may && runOwn(opened.path));
  });
  app.on('activate', () => window.show());
  powerMonitor.on('suspend', () => engine.send({ kind: 'suspend' }));
  powerMonitor.on('resume', () => engine.send({ kind: 'resume' }));
  // Electron's types leave out the event; preventing it makes the session wait until the app has quit.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    app.quit();
  });
  window.onSessionEnd(() => app.quit());
}
