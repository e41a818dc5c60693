// A release's feed (latest*.yml) names its files by their SHA-512; the feed is signed, so no server can add a file of its own.
import { createPublicKey, verify } from 'node:crypto';

/** What electron-updater read in the feed. */
export interface Offer {
  version: string;
  files: readonly { sha512: string }[];
}

/** Where a release build looks, written into its package.json when it is built. Absent in all others. */
export interface UpdateSource {
  /** Folder of the newest release, https. */
  feedUrl: string;
  /** Ed25519, SPKI in base64. */
  publicKey: string;
}

/** @returns undefined where the build names none that can be trusted */
export function updateSourceOf(manifest: unknown): UpdateSource | undefined {
  const told = (manifest as { updates?: Partial<UpdateSource> } | undefined)?.updates;
  const { feedUrl, publicKey } = told ?? {};
  if (typeof feedUrl !== 'string' || typeof publicKey !== 'string') return undefined;
  return feedUrl.startsWith('https://') && URL.canParse(feedUrl) ? { feedUrl, publicKey } : undefined;
}

export function feedName(platform: NodeJS.Platform, arch: string): string {
  if (platform === 'win32') return 'latest.yml';
  if (platform === 'darwin') return 'latest-mac.yml';
  return arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`;
}

/** @param signature base64 @returns whether our key signed exactly this text */
export function isSigned(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
    );
  } catch {
    return false;
  }
}

/** @returns whether the signed feed is of this version and names each of these files */
export function isOfFeed(offer: Offer, text: string): boolean {
  const version = /^version:\s*['"]?([^\s'"]+)/m.exec(text)?.[1];
  const named = new Set([...text.matchAll(/sha512:\s*['"]?([A-Za-z0-9+/=]+)/g)].map(([, hash]) => hash));
  return version === offer.version && offer.files.length > 0 && offer.files.every(({ sha512 }) => named.has(sha512));
}
