import { resolve } from 'node:path';
import { app } from 'electron';
import { LINK_SCHEME, linkIn, routeOfLink } from './link.ts';
import { siteFileIn } from './opened-file.ts';

/** What the system asks us to open; a link without a route only shows the window. */
export type Opened = { kind: 'site-file'; path: string } | { kind: 'link'; route: string | undefined };

/** By our command line, by another start, on macOS by an event. Before `ready`. */
export function watchOpened(): (listener: (opened: Opened) => void) => void {
  const waiting: Opened[] = [];
  let tell: (opened: Opened) => void = (opened) => void waiting.push(opened);
  const openLink = (link: string) => tell({ kind: 'link', route: routeOfLink(link) });
  const look = (argv: readonly string[], folder: string) => {
    const link = linkIn(argv);
    if (link !== undefined) return openLink(link);
    const path = siteFileIn(argv);
    if (path !== undefined) tell({ kind: 'site-file', path: resolve(folder, path) });
  };
  look(process.argv, process.cwd());
  app.on('open-file', (event, path) => {
    event.preventDefault();
    tell({ kind: 'site-file', path });
  });
  app.on('open-url', (event, link) => {
    event.preventDefault();
    openLink(link);
  });
  app.on('second-instance', (_event, argv, folder) => look(argv, folder));
  // macOS and Linux learn the scheme from the package, Windows from the app.
  if (app.isPackaged && process.platform === 'win32') app.setAsDefaultProtocolClient(LINK_SCHEME);
  return (listener) => {
    tell = listener;
    for (const opened of waiting.splice(0)) listener(opened);
  };
}
