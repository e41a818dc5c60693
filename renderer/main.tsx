import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/index.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './shell/shell.css';
import { watchEngine } from './bridge.ts';
import { startLanguages } from './i18n/i18n.ts';
import { createLink } from './link/link.ts';
import { LinkProvider } from './link/use-engine.ts';
import { App } from './shell/app.tsx';
import { startTheme } from './shell/theme.ts';

const link = createLink();
watchEngine(link.attach);
startTheme();
await startLanguages();
createRoot(document.getElementById('root')!).render(
  <LinkProvider value={link}>
    <App />
  </LinkProvider>,
);
