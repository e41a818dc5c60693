import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';

type Manifest = { name: string; version: string };
const read = (file: string) =>
  JSON.parse(readFileSync(file, 'utf8')) as Manifest & { packages: Record<string, object> };

/** A registry on loopback that has what is installed under a folder with a lock file, each package in the versions that are there. */
export async function localRegistry(root: string) {
  const asked: string[] = [];
  const folders = Object.keys(read(join(root, 'package-lock.json')).packages);
  const server = createServer(({ url = '', headers }, response) => {
    const path = decodeURIComponent(url).slice(1);
    const tarball = /^-\/(.+)\.tgz$/.exec(path)?.[1];
    if (tarball !== undefined && folders.includes(tarball)) {
      const folder = join(root, tarball);
      // npm takes whatever single folder a tarball holds for the package.
      const args = ['-czf', '-', '-C', dirname(folder), basename(folder)];
      const packed = execFileSync('tar', args, { maxBuffer: 256 * 1024 * 1024 });
      return void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(packed);
    }
    asked.push(path);
    const found = folders.filter(
      (folder) => folder.endsWith(`node_modules/${path}`) && existsSync(join(root, folder, 'package.json')),
    );
    if (found.length === 0) return void response.writeHead(404).end('{}');
    const versions = found.map((folder) => ({
      ...read(join(root, folder, 'package.json')),
      dist: { tarball: `http://${headers.host}/-/${folder}.tgz` },
    }));
    const body = {
      name: path,
      'dist-tags': { latest: versions[0]?.version },
      versions: Object.fromEntries(versions.map((each) => [each.version, each])),
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
