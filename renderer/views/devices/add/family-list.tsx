import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useDevicesPlace } from '../go.ts';
import { idOf } from '../use-families.ts';
import { nameOf, type Chosen } from './draft.ts';

interface Props {
  kind: Chosen['kind'];
  all: readonly Chosen[];
  onPick(chosen: Chosen): void;
}

/** One family in words that can be searched: "SMA sma-inverter Sunny Boy; Sunny Tripower". */
const wordsOf = (chosen: Chosen): string =>
  [nameOf(chosen), idOf(chosen), ...(chosen.kind === 'plant' ? chosen.family.models : [chosen.family.advice])].join(
    ' ',
  );

export function FamilyList({ kind, all, onPick }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { to } = useDevicesPlace();
  const [query, setQuery] = useState('');
  const words = useDeferredValue(query).toLowerCase().split(/\s+/).filter(Boolean);
  const ofKind = all.filter((each) => each.kind === kind);
  const shown = ofKind.filter((each) => {
    const text = wordsOf(each).toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <section className="card section family-list">
      <h2>{t('add.choose')}</h2>
      <label className="family-search">
        <Search size={16} aria-hidden />
        <span className="visually-hidden">{t('add.filter')}</span>
        <input
          type="search"
          value={query}
          placeholder={t('add.filter')}
          onChange={(event) => setQuery(event.target.value)}
        />
      </label>
      <output className="muted">
        {t('add.shown', {
          count: shown.length,
          shown: formats.number(shown.length),
          of: formats.number(ofKind.length),
        })}
      </output>
      <ul className="families">
        {shown.map((chosen) => (
          <li key={idOf(chosen)}>
            <button type="button" className="family" onClick={() => onPick(chosen)}>
              <strong>
                <bdi>{nameOf(chosen)}</bdi>
                {chosen.kind === 'plant' && chosen.family.own && <span className="badge">{t('add.own')}</span>}
              </strong>
              <span className="muted">
                <bdi>{chosen.kind === 'plant' ? chosen.family.models.join('; ') : chosen.family.family}</bdi>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {kind === 'plant' && (
        <p className="muted">
          {t('add.notListed')} <a href={to({ profile: 'new' })}>{t('add.ownProfile')}</a>
        </p>
      )}
    </section>
  );
}
