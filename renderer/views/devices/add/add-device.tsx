import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Found } from '#shared/contract/devices.ts';
import { BackLink } from '../back-link.tsx';
import { useDevicesPlace } from '../go.ts';
import { useFamilies } from '../use-families.ts';
import { DeviceForm } from './device-form.tsx';
import { draftOfFound, emptyDraft, type Chosen, type Draft } from './draft.ts';
import { FamilyList } from './family-list.tsx';
import { NetworkSearch } from './network-search.tsx';

/** Find it or choose it, fill in how to reach it, see it live, keep it. */
export function AddDevice() {
  const { t } = useTranslation();
  const { all, site, find, failed, again } = useFamilies();
  const { params, home, go } = useDevicesPlace();
  const [picked, setPicked] = useState<{ chosen: Chosen; draft: Draft }>();
  const kind = params.get('add') === 'load' ? 'load' : 'plant';
  const named = find(kind, params.get('family') ?? '');
  const shown = picked ?? (named && { chosen: named, draft: withAddress(emptyDraft(named), params) });

  function take(found: Found) {
    const chosen = find(found.kind, found.family);
    if (chosen) setPicked({ chosen, draft: draftOfFound(found, chosen) });
  }

  return (
    <div className="page add">
      <header className="page-head">
        <BackLink to={home} />
        <h1>{t(kind === 'load' ? 'add.titleLoad' : 'add.titlePlant')}</h1>
      </header>
      {failed && (
        <div className="card notice" role="alert">
          <p>{t('add.noFamilies')}</p>
          <button type="button" className="button" onClick={again}>
            {t('shell.again')}
          </button>
        </div>
      )}
      {!all && !failed && <div className="skeleton add-skeleton" />}
      {all && site && !shown && (
        <>
          <NetworkSearch onTake={take} knows={(found) => find(found.kind, found.family) !== undefined} />
          <FamilyList kind={kind} all={all} onPick={(chosen) => setPicked({ chosen, draft: emptyDraft(chosen) })} />
        </>
      )}
      {all && site && shown && (
        <DeviceForm
          chosen={shown.chosen}
          draft={shown.draft}
          before={undefined}
          site={site}
          onLeave={() => (picked ? setPicked(undefined) : go(home))}
        />
      )}
    </div>
  );
}

/** What the form of a profile has asked for already. */
const withAddress = (draft: Draft, params: URLSearchParams): Draft => ({
  ...draft,
  name: params.get('family') ?? draft.name,
  host: params.get('host') ?? draft.host,
  port: params.get('port') ?? draft.port,
  unit: params.get('unit') ?? draft.unit,
});
