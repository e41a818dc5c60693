import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer, type Asked } from '../../link/use-answer.ts';
import { useStream } from '../../link/use-engine.ts';
import { useLock } from '../../link/use-lock.ts';
import { Locked, LockNote, Permitted } from '../../shell/permitted.tsx';
import { Connect } from '../connect/connect.tsx';
import { SiteNotice, SwitchSite } from '../connect/site-switch.tsx';
import { doneSteps, nextStep } from '../connect/steps.ts';
import { AddDevice } from './add/add-device.tsx';
import { EditDevice } from './add/edit-device.tsx';
import { Commissioning } from './commissioning.tsx';
import { DeviceGroups } from './device-groups.tsx';
import { OwnProfile } from './profile/own-profile.tsx';
import { useDevicesPlace } from './go.ts';
import './devices.css';

/** The devices, the pages to add and change them, and the way to a site of one's own. */
export function Devices() {
  const { params } = useDevicesPlace();
  const { t } = useTranslation();
  const edited = params.get('edit');
  const locked = (member: string, page: ReactNode) => (
    <Locked member={member} title={t('view.devices')}>
      {page}
    </Locked>
  );
  if (params.has('add')) return locked('devices.savePlant', <AddDevice />);
  if (edited !== null) return locked('devices.savePlant', <EditDevice id={edited} />);
  if (params.has('profile')) return locked('devices.saveProfile', <OwnProfile />);
  if (params.has('connect')) return locked('site.save', <Connect />);
  return <DeviceList />;
}

const askSite = (engine: Asked) => engine.site.get({});

function DeviceList() {
  const { t } = useTranslation();
  const status = useStream('status');
  const { answer: site } = useAnswer(askSite);
  const stays = useLock('site.create') !== undefined;
  const proven = useStream('commissioning')?.passed === true;
  const unfinished = site && status ? nextStep(doneSteps(site, status.wish.commissioned)) : undefined;
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('view.devices')}</h1>
      </header>
      <LockNote member="devices.savePlant" />
      {!stays && <SiteNotice unfinished={unfinished} />}
      {!proven && <Commissioning />}
      <DeviceGroups kinds={['plant', 'load']} />
      {proven && <Commissioning />}
      {status && !status.simulated && (
        <div className="group-head">
          <p className="muted">{t('connect.simulatedStays')}</p>
          <Permitted member="site.switchTo">
            <SwitchSite to="simulated" />
          </Permitted>
        </div>
      )}
    </div>
  );
}
