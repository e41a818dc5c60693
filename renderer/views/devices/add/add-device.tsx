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
  const { params, home } = useDevicesPlace();
  const [picked, setPicked] = useState<{ chosen: Chosen; draft: Draft }>();
  const kind = params.get('add') === 'load' ? 'load' : 'plant';

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
      {all && site && !picked && (
        <>
          <NetworkSearch onTake={take} knows={(found) => find(found.kind, found.family) !== undefined} />
          <FamilyList kind={kind} all={all} onPick={(chosen) => setPicked({ chosen, draft: emptyDraft(chosen) })} />
        </>
      )}
      {all && site && picked && (
        <DeviceForm
          chosen={picked.chosen}
          draft={picked.draft}
          before={undefined}
          site={site}
          onLeave={() => setPicked(undefined)}
        />
      )}
    </div>
  );
}
