// Stands in for Electron's own default app, which the fallback runtime lacks: `electron [flags] FOLDER` runs FOLDER.
import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const { name, version, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
Object.defineProperty(process, 'defaultApp', { value: true });
if (name) app.setName(name);
if (version) app.setVersion(version);
app.setAppPath(folder);
// Awaited at top level, so that the app's main module is loaded before `ready`.
await import(pathToFileURL(join(folder, main)).href);
