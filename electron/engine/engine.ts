import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { EngineContract } from '#shared/contract/engine.ts';
import { allowFor } from '#shared/contract/permissions.ts';
import type { ControlSettings, Mode, Wish } from '#shared/control.ts';
import { serve } from '#shared/rpc/server.ts';
import { openOrRestore } from '#engine/storage/open-or-restore.ts';
import { KeptWear } from '#engine/control/wear.ts';
import { serialBook } from '#engine/devices/identity.ts';
import { openOwnFamilies } from '#engine/devices/own-families.ts';
import { openDeviceDesk } from './device-desk.ts';
import { bookHandlers } from './books.ts';
import { openBroadcast } from './broadcast.ts';
import { checkSite } from './check-site.ts';
import { unprove } from './commissioned.ts';
import { openCommissioner } from './commissioner.ts';
import { diagnosticsHandlers } from './diagnostics-desk.ts';
import { openFleetDesk } from './fleet-desk.ts';
import { engineHandlers } from './handlers.ts';
import { engineHealth } from './health.ts';
import { followTicks } from './follow-ticks.ts';
import type { Created, Engine, EngineOptions } from './engine-options.ts';
import { openHomeAssistantDesk } from './home-assistant-desk.ts';
import { openLoads } from './loads.ts';
import { startLoop, type Loop } from './loop.ts';
import { createMarket } from '#engine/market/market.ts';
import { pollMarket } from '#engine/market/poll.ts';
import { pinBook } from '#engine/transports/pins.ts';
import { web } from '#engine/transports/web.ts';
import { openPresence } from './notices/absence.ts';
import { openNotices } from './notices/notices.ts';
import { paidEvent } from './notices/paid.ts';
import { openPlannerDesk } from './planner-desk.ts';
import { openPlant } from './plant.ts';
import { handlersFor } from './remote.ts';
import { openSiteDesk, turned } from './site-desk.ts';
import { STOP_MS, stopUnattended } from './unattended.ts';
import { openWish } from './wish.ts';

/** At high speed a busy computer's jitter is many site seconds; a gap is counted from this much real time on, ms. */
const JITTER_MS = 100;

export async function createEngine(options: EngineOptions): Promise<Created> {
  const { clock, log, speed } = options;
  let { site } = options;
  const families = await openOwnFamilies(join(options.dataDir, 'profiles'));
  const contradictions = checkSite(site, families.names());
  if (contradictions.length > 0)
    return {
      outcome: 'refused',
      message: [...contradictions.map(({ field, message }) => `${field}: ${message}`), ...families.problems].join('\n'),
    };
  const opened = openOrRestore({ dir: options.dataDir, site, clock, log }, options.restore ?? false);
  if (opened.outcome !== 'open') {
    const meanwhile = await stopUnattended(site, options);
    return { outcome: 'refused', message: `${opened.message}${meanwhile}` };
  }
  const { ledger } = opened;

  const startedMs = clock.now();
  const wish = openWish(site, ledger.settings);
  const market = createMarket(site, ledger.settings, (prices) => {
    ledger.fillPrices(prices).catch((cause: unknown) => log.warn({ err: cause }, 'late prices were not filled in'));
  });
  const polling = pollMarket({
    market,
    web,
    clock,
    log,
    secret: options.secret,
    timeZone: () => site.timeZone,
    onPayouts(payouts) {
      const paid = paidEvent(payouts, new Set(ledger.lots.payouts().map(({ id }) => id)), clock.now());
      ledger.lots.addPayouts(payouts);
      if (paid) notices.tell(paid);
    },
    random: Math.random,
  });
  const settings = (): ControlSettings => ({ ...site.control, timeZone: site.timeZone });
  let loop: Loop | undefined;
  const wake = () => loop?.wake();
  const pins = pinBook(ledger.settings);
  const devicePorts = { clock, log, secret: options.secret, random: Math.random, pins };
  const serials = serialBook({
    read: (key, schema) => ledger.settings.read(key, schema),
    write: (key, value) => ledger.settings.write(key, value),
    onReplaced(device) {
      unprove(ledger.settings, device);
      commissioner.siteChanged();
    },
  });
  const plant = openPlant(site.devices, {
    ...devicePorts,
    serials,
    adapter: (family) => families.adapter(family),
    onNews: wake,
  });
  const loads = openLoads(site.loads, {
    ...devicePorts,
    timeZone: site.timeZone,
    memory: ledger.settings,
    onEvent: (event) => notices.tell(event),
  });
  const broadcast = openBroadcast({
    site: () => site,
    wish: wish.get,
    ledger,
    market,
    plant,
    loads,
    speed,
    version: options.version,
    clock,
    hasOwnSite: () => !site.simulated || (options.sites?.hasOwn() ?? false),
  });
  const notices = openNotices({
    notify: options.onNotice,
    nameOf: (id) => [...site.loads, ...site.devices].find((each) => each.id === id)?.name,
    events: ledger.events,
    changed: broadcast.events,
    settings: ledger.settings,
    work: (fromMs, toMs) => ledger.report({ fromMs, toMs, resolution: 'hour' }).sum.earnings,
    nowMs: startedMs,
  });
  for (const message of families.problems)
    notices.tell({ atMs: clock.now(), id: 'own-profile', level: 'warn', message });

  const presence = openPresence(
    ledger.settings,
    startedMs,
    site.loads.map(({ name }) => name),
    (event) => notices.tell(event),
  );
  const commissioner = openCommissioner({
    site: () => site,
    settings: ledger.settings,
    changed(commissioned) {
      if (commissioned !== wish.get().commissioned) changeWish({ commissioned });
    },
    turn: (direction) => void sites.change(turned(direction)).catch(onBug),
    loads: () => loads.models(),
    order: (loadId, setpointW, leaseUntilMs) =>
      loads.carryOut([{ loadId, setpointW, leaseUntilMs, reason: 'not-commissioned' }]),
  });

  const { onTick, onBug } = followTicks({
    ledger,
    broadcast,
    presence,
    commissioner,
    notices,
    loads,
    clock,
    log,
    changeWish: (change) => changeWish(change),
    wear: () => loop?.wear() ?? {},
    onStatus: options.onStatus,
  });

  loop = startLoop({
    clock,
    wear: ledger.settings.read('wear', KeptWear) ?? {},
    settings,
    periodMs: () => Math.max(settings().meterPollS * 1000, speed * JITTER_MS * (speed > 1 ? 1 : 0)),
    wish: wish.get,
    loads: () => loads.models(),
    snapshot: (nowMs) => ({ ...plant.snapshot(nowMs, loads.ours()), loads: loads.snapshot() }),
    plantHeard: () => plant.heard(),
    market: (nowMs) => market.now(nowMs),
    carryOut: (commands) => loads.carryOut(commissioner.spared(commands)),
    onTick,
    onBug,
  });

  const sites = openSiteDesk({
    site: () => site,
    check: (next) => checkSite(next, families.names()),
    save: options.saveSite,
    async taken(next, before) {
      site = next;
      ledger.setSite(site);
      market.setSite(site);
      if (!isDeepStrictEqual(next.devices, before.devices)) {
        // Before any other meter is heard: what it means is not proven.
        commissioner.siteChanged();
        await plant.use(site.devices);
      }
      if (!isDeepStrictEqual(next.loads, before.loads)) await loads.use(site.loads, AbortSignal.timeout(STOP_MS));
      await homeAssistant.siteTaken();
      broadcast.status();
      wake();
    },
  });

  const changeWish = (change: Partial<Wish>) => {
    wish.change(change);
    broadcast.status();
    wake();
  };
  const setMode = async (mode: Exclude<Mode, 'boost'>) => {
    const problems = await sites.change((before) => ({ ...before, mode }));
    if (problems.length === 0) changeWish({ mode });
    return problems;
  };
  const homeAssistant = openHomeAssistantDesk({
    site: () => site,
    cells: broadcast.cells,
    speed,
    settings: ledger.settings,
    log,
    secret: options.secret,
    setMode,
    changeWish,
    changeSite: sites.change,
  });
  const desk = openDeviceDesk({
    clock,
    log,
    secret: options.secret,
    site: () => site,
    families,
    reportOf: (id) => plant.report(id) ?? loads.report(id),
    profileChanged: (family) => plant.use(site.devices, family),
    confirmed(id) {
      serials.confirm(id);
      return plant.use(site.devices, id);
    },
  });
  const planner = openPlannerDesk({
    clock,
    log,
    workerFile: options.plannerWorker,
    site: () => site,
    loads: () => loads.models(),
    ledger,
    market: () => market.snapshot(),
  });
  const fleet = openFleetDesk({
    ...options,
    startedMs,
    ledger,
    wish: wish.get,
    live: broadcast.live,
    tell: notices.tell,
    random: Math.random,
    site: () => site,
    devices: () => [...plant.health(), ...loads.health()],
    loads: () => loads.views(),
  });
  const handlers = engineHandlers({
    ...broadcast.cells,
    access: options.access,
    desk,
    planner: planner.handlers,
    homeAssistant: homeAssistant.handlers,
    diagnostics: diagnosticsHandlers({
      version: options.version,
      nowMs: () => clock.now(),
      site: () => site,
      cells: broadcast.cells,
      ledger,
      marketSettings: () => market.settings(),
      secret: options.secret,
      recentLog: options.recentLog ?? (() => []),
    }),
    ...commissioner.cells,
    startSignCheck: ({ load }) => commissioner.start(clock.now(), load),
    cancelSignCheck: commissioner.cancel,
    site: () => site,
    changeSite: sites.change,
    saveSecret: options.saveSecret,
    sites: options.sites,
    wish: wish.get,
    changeWish,
    setMode,
    nowMs: () => clock.now(),
    ledger,
    books: bookHandlers(
      ledger,
      market,
      () => site,
      () => clock.now(),
    ),
    marketSettings: () => market.settings(),
    changeMarket(next) {
      market.changeSettings(next);
      polling.restart();
      broadcast.market();
    },
    enterMarket(snapshot) {
      market.learn(snapshot);
      broadcast.market();
    },
  });

  const engine: Engine = {
    serve: (port, role) => {
      serve(
        EngineContract,
        handlersFor(role, handlers, () => site),
        port,
        (member, cause) => log.error({ member, err: cause }, 'a handler failed'),
        allowFor(role),
      );
    },
    changeWish,
    setMode,
    suspend: () => changeWish({ engineStopping: true }),
    resume() {
      wish.change({ engineStopping: false });
      loop?.restart();
    },
    async stop() {
      desk.close();
      void planner.close();
      wish.change({ engineStopping: true });
      await loop?.stop();
      const unconfirmed = await loads.makeSafe(AbortSignal.timeout(STOP_MS));
      await Promise.all([plant.close(), loads.close(), polling.stop(), homeAssistant.close(), fleet.close()]);
      presence.end();
      ledger.close();
      return unconfirmed;
    },
    scrape: fleet.scrape,
    health: () =>
      engineHealth({
        version: options.version,
        nowMs: clock.now(),
        startedMs,
        tickMs: loop?.lastTickMs(),
        snapshot: broadcast.live()?.snapshot,
        decision: broadcast.live()?.decision,
        today: broadcast.today(),
      }),
  };
  return { outcome: 'ok', engine };
}
