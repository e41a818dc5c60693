import { lazy, Suspense, useState } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { ErrorBoundary } from 'react-error-boundary';
import { useTranslation } from 'react-i18next';
import { PatternDefs } from '../charts/pattern-defs.tsx';
import { useConnection, useStream } from '../link/use-engine.ts';
import { localeOf } from '../preferences/preferences.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { lazyPart } from '../ui/lazy-part.ts';
import { Banners } from './banners.tsx';
import { Rail } from './rail.tsx';
import { usePlace } from './place.ts';
import { routes } from './routes.ts';
import { useShellShortcuts } from './use-shell-shortcuts.ts';
import { Strip } from './strip.tsx';

/** Nothing of it is needed for the first figure. */
const Toasts = lazyPart(() => import('./toasts.tsx').then((part) => part.Toasts));
const KeysHelp = lazy(() => import('./keys-help.tsx').then((part) => ({ default: part.KeysHelp })));

export function App() {
  const { t } = useTranslation();
  const preferences = usePreferences();
  const { phase } = useConnection();
  const simulated = useStream('status')?.simulated;
  const { view } = usePlace();
  const { component: View } = routes[view];
  const [helps, setHelps] = useState(false);
  useShellShortcuts(() => setHelps(true));
  return (
    <I18nProvider locale={localeOf(preferences)}>
      <div className="app" data-simulated={simulated || undefined} data-phase={phase}>
        <a className="skip" href="#content" onClick={(event) => focusContent(event)}>
          {t('shell.skip')}
        </a>
        <PatternDefs />
        <Rail />
        <Strip />
        <Banners />
        <Suspense fallback={null}>
          <Toasts />
          {helps && <KeysHelp onClose={() => setHelps(false)} />}
        </Suspense>
        <main id="content" tabIndex={-1}>
          <ErrorBoundary FallbackComponent={Broken} resetKeys={[view]}>
            <Suspense fallback={null}>
              <View />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
    </I18nProvider>
  );
}

// The hash is the address of the view, so the link may not change it.
function focusContent(event: { preventDefault(): void }) {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function Broken({ resetErrorBoundary }: { resetErrorBoundary: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="card broken" role="alert">
      <h1>{t('shell.broken')}</h1>
      <p className="muted">{t('shell.brokenNext')}</p>
      <button type="button" className="button" onClick={resetErrorBoundary}>
        {t('shell.again')}
      </button>
    </div>
  );
}
