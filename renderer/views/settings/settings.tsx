import { Search } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, usePlace } from '../../shell/place.ts';
import { Locked, LockNote, Permitted } from '../../shell/permitted.tsx';
import { About } from './about.tsx';
import { Backups } from './data/backups.tsx';
import { RetentionForm } from './data/retention-form.tsx';
import { DesktopSettings } from './desktop-settings.tsx';
import { General } from './general.tsx';
import { HomeAssistantSettings } from './home-assistant/home-assistant.tsx';
import { Money } from './money.tsx';
import { Network } from './network/network.tsx';
import { NoticeSettings } from './notice-settings.tsx';
import { Prices } from './prices/prices.tsx';
import './settings.css';

const sections = ['general', 'money', 'prices', 'data', 'backups', 'network', 'notices', 'about'] as const;
type Section = (typeof sections)[number];

function Part({ of }: { of: Section }) {
  const { t } = useTranslation();
  switch (of) {
    case 'general':
      return (
        <>
          <General />
          <DesktopSettings />
        </>
      );
    case 'money':
      return <Money />;
    case 'prices':
      return (
        <Locked member="site.get" title={t('settings.section.prices')}>
          <Prices />
        </Locked>
      );
    case 'data':
      return (
        <>
          <LockNote member="books.keep" />
          <Permitted member="books.keep">
            <RetentionForm />
          </Permitted>
        </>
      );
    case 'backups':
      return (
        <Locked member="books.backups" title={t('records.backups')}>
          <Backups />
        </Locked>
      );
    case 'network':
      return (
        <>
          <Network />
          <HomeAssistantSettings />
        </>
      );
    case 'notices':
      return <NoticeSettings />;
    case 'about':
      return <About />;
  }
}

/** Everything that is set once: all of it, one section, or what a word is found in. */
export function Settings() {
  const { t } = useTranslation();
  const { params } = usePlace();
  const [query, setQuery] = useState('');
  const [found, setFound] = useState(true);
  const parts = useRef<HTMLDivElement>(null);
  const chosen = sections.find((each) => each === params.get('section'));
  const words = query.trim().toLowerCase();
  const shown = words === '' && chosen ? [chosen] : sections;

  useLayoutEffect(() => {
    let some = false;
    for (const part of parts.current?.children ?? []) {
      const fits = (part.textContent ?? '').toLowerCase().includes(words);
      part.toggleAttribute('hidden', !fits);
      some ||= fits;
    }
    setFound(some);
  }, [words, chosen]);

  return (
    <div className="page settings">
      <header className="page-head">
        <h1>{t('view.settings')}</h1>
        <label className="settings-search">
          <Search size={16} aria-hidden />
          <span className="visually-hidden">{t('settings.search')}</span>
          <input
            type="search"
            value={query}
            placeholder={t('settings.search')}
            onChange={(event) => setQuery(event.target.value)}
          />
        </label>
      </header>
      <nav className="settings-nav" aria-label={t('settings.sections')}>
        <a href={addressOf('settings')} aria-current={shown === sections ? 'true' : undefined}>
          {t('settings.all')}
        </a>
        {sections.map((each) => (
          <a
            key={each}
            href={addressOf('settings', { section: each })}
            aria-current={shown !== sections && each === chosen ? 'true' : undefined}
            onClick={() => setQuery('')}
          >
            {t(`settings.section.${each}`)}
          </a>
        ))}
      </nav>
      <div ref={parts} className="settings-parts">
        {shown.map((each) => (
          <div key={each} className="settings-part">
            <Part of={each} />
          </div>
        ))}
      </div>
      {!found && <output className="card notice muted">{t('settings.notFound', { query })}</output>}
    </div>
  );
}
