import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/index.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './ui/fields.css';
import './ui/page.css';
import './shell/shell.css';
import { watchEngine } from './bridge.ts';
import { startLanguages } from './i18n/i18n.ts';
import { createLink } from './link/link.ts';
import { LinkProvider } from './link/use-engine.ts';
import { App } from './shell/app.tsx';
import { attachShell, tellShell } from './shell/shell-port.ts';
import { preferences } from './preferences/preferences.ts';
import { startTheme } from './shell/theme.ts';

// The page's policy forbids code from strings, which zod would try; it reads this when a view first needs it.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
const link = createLink();
watchEngine(link.attach, (port) => {
  attachShell(port);
  tellShell(preferences());
});
startTheme();
await startLanguages();
createRoot(document.getElementById('root')!).render(
  <LinkProvider value={link}>
    <App />
  </LinkProvider>,
);
