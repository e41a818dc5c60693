// What whoever serves the page says with it: the shell on app://, the headless host on HTTP.

/**
 * The one style sheet that a library writes into the page: react-aria's usePress, for `touch-action` of what can be
 * pressed. After an update that changes it the browser's console names the new hash, and test/e2e fails.
 */
const PRESSABLE_STYLE = 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=';

/** No inline code, nothing from elsewhere; blob: is the file that an export hands to the owner. */
export const pagePolicy = (connect = "'self'"): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' '${PRESSABLE_STYLE}'`,
    "font-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src ${connect}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Content type by file ending; the page has no files of other kinds. */
export const PAGE_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
