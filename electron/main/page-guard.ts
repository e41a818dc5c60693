import { app, session, type WebContents } from 'electron';
import { isOurs } from './page-address.ts';

/** A page cannot leave, open windows, embed others or get any permission, whatever its scripts try. */
export function guardPages(log: (message: string) => void) {
  app.on('web-contents-created', (_event, contents) => guard(contents, log));
  const { defaultSession } = session;
  // Writing to the clipboard is how an address or a report is copied; it needs no prompt in a browser either.
  const allowed = (permission: string) => permission === 'clipboard-sanitized-write';
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(allowed(permission)));
  defaultSession.setPermissionCheckHandler((_contents, permission) => allowed(permission));
  defaultSession.setDevicePermissionHandler(() => false);
}

function guard(contents: WebContents, log: (message: string) => void) {
  const refuseForeign = (event: { preventDefault(): void; url: string }) => {
    if (isOurs(event.url)) return;
    event.preventDefault();
    log(`The page tried to go to ${event.url}; refused.`);
  };
  contents.on('will-navigate', refuseForeign);
  contents.on('will-frame-navigate', refuseForeign);
  contents.on('will-redirect', refuseForeign);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log(`The page tried to open ${url}; refused.`);
    return { action: 'deny' };
  });
}
