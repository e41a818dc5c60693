import { createServer } from 'node:https';
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { AccessSession, AccessState, Role } from '#shared/contract/access.ts';
import { cell } from '#shared/rpc/cell.ts';
import type { Port } from '#shared/rpc/contract.ts';
import type { Scrape } from '#engine/fleet-desk.ts';
import type { AccessHandlers } from '#engine/remote.ts';
import type { Log } from '#engine/system/log.ts';
import { openGate } from '../web-gate.ts';
import { LIMITS, listen, serveWeb, type Web } from '../web.ts';
import { readAccessFile, writeAccessFile, type AccessFile } from './access-file.ts';
import { checkCertificate, makeCertificate, type Certificate } from './certificate.ts';
import { isLanAddress, lanAddresses, ownNames } from './lan-address.ts';
import { lanDoor } from './lan-door.ts';
import { loginLimit } from './login-limit.ts';
import { openPairing } from './pairing.ts';
import { isPassword, keepPassword } from './password.ts';
import { expiryOf, openSessions, type Session, type Sessions } from './sessions.ts';

/** Under this prefix lie secrets that no device can name. */
const OWN_SECRETS = 'spillway/';
const KEY_SECRET = `${OWN_SECRETS}tls-key`;

/** What a device may ask for by name. */
export const deviceSecret = (secrets: Record<string, string>, name: string): string | undefined =>
  name.startsWith(OWN_SECRETS) || !Object.hasOwn(secrets, name) ? undefined : secrets[name];

export interface AccessOptions {
  dataDir: string;
  rendererDir: string;
  log: Log;
  secrets(): Record<string, string>;
  /** Where the host keeps secrets; what cannot be kept is made anew at the next start. */
  keepSecret(name: string, value: string): void;
  /** Wall clock, ms. */
  now(): number;
}

export interface Served {
  connect(port: Port, role: Role): void;
  health(): object;
  scrape(): Scrape | undefined;
}

export interface Access {
  handlers: AccessHandlers;
  sessions: Sessions;
  /** Begins to listen where the owner has switched it on. */
  start(served: Served): Promise<void>;
  stop(): Promise<void>;
}

export const random = (): string => randomBytes(24).toString('base64url');

/** The way in for phones and computers of the local network: off until the owner gives a password and switches it on. */
export function openAccess(options: AccessOptions): Access {
  const { log, now } = options;
  const path = join(options.dataDir, 'access.json');
  let file = readAccessFile(path, log);
  const sessions = openSessions(file.sessions, now, random);
  const pairing = openPairing(now, random);
  const limit = loginLimit();
  let served: Served | undefined;
  let listening: { web: Web; port: number } | undefined;
  let problem: string | undefined;
  let certificate: Certificate | undefined = keptCertificate();

  const state = cell<AccessState>(view());
  const show = () => state.set(view());
  sessions.onChange(() => {
    change({ sessions: sessions.list() });
    listening?.web.sweep();
  });

  function change(next: Partial<AccessFile>) {
    file = { ...file, ...next };
    writeAccessFile(path, file);
    show();
  }

  function view(): AccessState {
    const { enabled, port, names, password } = file;
    const checked = certificate && checkCertificate(certificate, now());
    return {
      enabled,
      port: listening?.port ?? port,
      names,
      hasPassword: password !== undefined,
      addresses: listening ? reachedAt().map((name) => addressOf(name, listening!.port)) : [],
      ...(problem === undefined ? {} : { problem }),
      ...(checked?.outcome === 'ok' && file.certificate
        ? {
            certificate: {
              kind: file.certificate.kind,
              fingerprint: checked.facts.fingerprint,
              validToMs: checked.facts.validToMs,
            },
          }
        : {}),
      sessions: sessions.list().flatMap(viewOf),
    };
  }

  function reachedAt() {
    return [...file.names, ...(file.host === undefined ? lanAddresses() : [file.host])];
  }

  function keptCertificate(): Certificate | undefined {
    const key = options.secrets()[KEY_SECRET];
    return key !== undefined && file.certificate ? { certificate: file.certificate.pem, key } : undefined;
  }

  function takeCertificate(kind: 'made' | 'own', next: Certificate) {
    certificate = next;
    options.keepSecret(KEY_SECRET, next.key);
    change({ certificate: { kind, pem: next.certificate } });
  }

  /** The owner's own stays in use to its last day; ours is made anew in time. */
  async function usableCertificate(): Promise<Certificate> {
    const checked = certificate && checkCertificate(certificate, now());
    if (certificate && checked?.outcome === 'ok' && !(file.certificate?.kind === 'made' && checked.facts.isDue))
      return certificate;
    if (certificate) log.warn({}, 'the certificate has run out or does not fit its key; a new one is made');
    const made = await makeCertificate([...namesOf(), ...file.names], now());
    takeCertificate('made', made);
    return made;
  }

  async function open(): Promise<void> {
    if (!served || listening || !file.enabled || !file.password) return;
    const { certificate: cert, key } = await usableCertificate();
    const server = createServer({
      ...LIMITS,
      cert,
      key,
      minVersion: 'TLSv1.2',
      handshakeTimeout: LIMITS.headersTimeout,
    });
    server.on('connection', (socket: Socket) => {
      if (!isLanAddress(socket.remoteAddress ?? '')) socket.destroy();
    });
    const port = await listen(server, file.port, file.host);
    const gate = openGate({
      scheme: 'https',
      port,
      names: () => [...ownNames(), ...file.names],
      find(token) {
        const session = sessions.find(token);
        return session?.role === 'local' ? undefined : session;
      },
    });
    const door = lanDoor({
      gate,
      rendererDir: options.rendererDir,
      sessions,
      pairing,
      limit,
      now,
      isPassword: async (given) => file.password !== undefined && isPassword(file.password, given),
    });
    const web = serveWeb(server, door, {
      ...served,
      rendererDir: options.rendererDir,
      isOpen: sessions.isOpen,
      now,
    });
    listening = { web, port };
  }

  async function close() {
    const open = listening;
    listening = undefined;
    await open?.web.close();
  }

  /** One after the other: two changes at once would listen twice. */
  let turn: Promise<unknown> = Promise.resolve();
  const reopen = () => {
    const done = turn.then(async () => {
      await close();
      problem = undefined;
      await open().catch((cause: unknown) => {
        problem = cause instanceof Error ? cause.message : String(cause);
        log.warn({ problem }, 'nobody is let in over the network');
      });
      show();
    });
    turn = done;
    return done;
  };

  const ok = { outcome: 'ok' } as const;
  const refused = (field: string, message: string) => ({ outcome: 'refused' as const, problems: [{ field, message }] });

  return {
    sessions,
    async start(next) {
      served = next;
      await reopen();
    },
    async stop() {
      served = undefined;
      await turn;
      await close();
    },
    handlers: {
      state: (emit) => state.subscribe(emit),
      async change(asked) {
        if (asked.enabled === true && !file.password) return refused('password', 'Choose a password first.');
        const before = file;
        const given = Object.entries(asked).filter(([, value]) => value !== undefined);
        change(Object.fromEntries(given) as Partial<AccessFile>);
        await reopen();
        if (problem === undefined) return ok;
        const said = refused('port', problem);
        change({ enabled: before.enabled, port: before.port, names: before.names });
        await reopen();
        return said;
      },
      async setPassword({ password }) {
        change({ password: await keepPassword(password) });
        sessions.end(({ role }) => role !== 'local');
        return ok;
      },
      pair({ role, address }) {
        const { addresses } = view();
        const base = address ?? addresses[0];
        if (base === undefined || !addresses.includes(base))
          return { outcome: 'refused', message: 'Switch on access from the network first.' };
        const { token, untilMs } = pairing.offer(role);
        // Behind the #, where no log and no preview of a messenger sees it.
        return { outcome: 'ok', url: `${base}/login#pair=${token}`, untilMs };
      },
      endSession({ id }) {
        sessions.end((session) => session.id === id && session.role !== 'local');
        return ok;
      },
      async useCertificate(own) {
        const checked = checkCertificate(own, now());
        if (checked.outcome === 'refused') return refused('certificate', checked.message);
        takeCertificate('own', own);
        await reopen();
        return ok;
      },
      async makeCertificate() {
        takeCertificate('made', await makeCertificate([...namesOf(), ...file.names], now()));
        await reopen();
        return ok;
      },
    },
  };
}

/** As a certificate has them: IPv6 addresses change too often. */
const namesOf = () => ownNames().filter((name) => !name.startsWith('['));

const addressOf = (name: string, port: number) => `https://${name}${port === 443 ? '' : `:${port}`}`;

function viewOf(session: Session): AccessSession[] {
  const { id, role, name, createdMs, seenMs } = session;
  return role === 'local' ? [] : [{ id, role, name, createdMs, seenMs, expiresMs: expiryOf(session) }];
}
