import { chromium, type Browser, type Page } from 'playwright';
import { existsSync } from 'node:fs';

/** Debian's Chromium where there is one; else Playwright's own. */
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));

export const launch = (): Promise<Browser> =>
  chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });

export interface Look {
  width: number;
  height: number;
  theme: 'light' | 'dark';
  language: string;
}

/** A page of its own that shows the fixture in one look. */
export async function openLook(browser: Browser, { width, height, theme, language }: Look): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, locale: language, reducedMotion: 'reduce' });
  await context.addInitScript(
    ([key, value]) => localStorage.getItem(key!) ?? localStorage.setItem(key!, value!),
    ['spillway.preferences', JSON.stringify({ theme, language })],
  );
  return context.newPage();
}
