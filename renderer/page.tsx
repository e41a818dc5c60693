import { createRoot } from 'react-dom/client';
import { startLanguages } from './i18n/i18n.ts';
import type { Link } from './link/link.ts';
import { LinkProvider } from './link/use-engine.ts';
import { App } from './shell/app.tsx';

// The page's policy forbids code from strings, which zod would try; it reads this when a view first needs it.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

export async function drawPage(link: Link): Promise<void> {
  await startLanguages();
  createRoot(document.getElementById('root')!).render(
    <LinkProvider value={link}>
      <App />
    </LinkProvider>,
  );
}
