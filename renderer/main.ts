// Reaches for the engine while the page's own code is still on its way, so that the first picture has figures in it.
import '@fontsource-variable/inter/index.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './ui/fields.css';
import './ui/page.css';
import './shell/shell.css';
import { watchEngine } from './bridge.ts';
import { createLink } from './link/link.ts';
import { preferences } from './preferences/preferences.ts';
import { attachShell, tellShell } from './shell/shell-port.ts';
import { startTheme } from './shell/theme.ts';

const link = createLink();
watchEngine(link.attach, (port) => {
  attachShell(port);
  tellShell(preferences());
});
startTheme();
const { drawPage } = await import('./page.tsx');
await drawPage(link);
