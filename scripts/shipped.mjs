// Which packages go into the app: those that its sources import, those of `dependencies`, Electron, and what these need.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const IMPORT = /(?:from\s+|import\s*\(\s*|import\s+)['"]((?:@[\w.-]+\/)?[\w][\w.-]*)(?:\/[^'"]*)?['"]/g;

/** What a package says in its LICENSE file only. */
const LICENCES = { suncalc: 'BSD-2-Clause' };

const sources = () =>
  globSync(['shared/**/*.ts', 'electron/**/*.ts', 'renderer/**/*.{ts,tsx,css}'], { cwd: root }).map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );

/** Name and folder of each package of the lock file that is shipped, sorted. */
export function shippedPackages() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const imported = sources().flatMap((text) => [...text.matchAll(IMPORT)].map(([, name]) => name));
  // A font is named in a style sheet by its file.
  const fonts = sources().flatMap((text) => [...text.matchAll(/url\('(@[\w-]+\/[\w-]+)\//g)].map(([, name]) => name));
  const found = new Map();

  function take(name, from) {
    const folder = nearest(packages, from, name);
    if (folder === undefined || found.has(folder)) return;
    const entry = packages[folder];
    found.set(folder, { name, folder, license: LICENCES[name], ...entry });
    // Electron's own packages fetch it; they stay here.
    if (name === 'electron') return;
    for (const each of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) take(each, folder);
  }
  for (const name of new Set([...imported, ...fonts, ...Object.keys(packages[''].dependencies), 'electron']))
    take(name, '');
  return [...found.values()].toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** As Node looks for it: in the package's own folder, then in those around it. */
function nearest(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const folder = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[folder]) return folder;
    if (at === '') return undefined;
  }
}
