import { readFileSync } from 'node:fs';
import { safeStorage } from 'electron';
import { z } from 'zod';
import type { Secrets } from '#shared/contract/host.ts';
import type { ShellInfo } from '#shared/contract/shell.ts';
import { replaceFile } from './settings.ts';

const Encrypted = z.record(z.string(), z.base64());

export interface SecretStore {
  kind(): ShellInfo['secretStore'];
  all(): Secrets;
  names(): string[];
  save(name: string, value: string): void;
  remove(name: string): void;
}

/** Secrets in one file, each encrypted with the key of the system's key ring. */
export function openSecrets(file: string, log: (message: string) => void): SecretStore {
  let encrypted = read();

  function read(): z.infer<typeof Encrypted> {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      return {};
    }
    return Encrypted.parse(JSON.parse(text));
  }

  function write(next: typeof encrypted) {
    encrypted = next;
    replaceFile(file, JSON.stringify(encrypted, null, 2));
  }

  function kind(): ShellInfo['secretStore'] {
    const plain = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
    if (plain) safeStorage.setUsePlainTextEncryption(true);
    if (!safeStorage.isEncryptionAvailable()) return 'none';
    return plain ? 'plain' : 'encrypted';
  }

  return {
    kind,
    names: () => Object.keys(encrypted),
    all() {
      const names = Object.keys(encrypted);
      // Asking the key ring can take a second and may prompt: not before there is something to decrypt.
      if (names.length === 0 || kind() === 'none') return {};
      const secrets: Secrets = {};
      for (const name of names) {
        try {
          secrets[name] = safeStorage.decryptString(Buffer.from(encrypted[name] ?? '', 'base64'));
        } catch {
          log(`The secret ${name} cannot be decrypted on this computer; enter it again.`);
        }
      }
      return secrets;
    },
    save: (name, value) => write({ ...encrypted, [name]: safeStorage.encryptString(value).toString('base64') }),
    remove(name) {
      const { [name]: _gone, ...rest } = encrypted;
      write(rest);
    },
  };
}
