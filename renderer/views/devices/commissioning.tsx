import { useTranslation } from 'react-i18next';
import type { Commissioning as Proofs } from '#shared/contract/commissioning.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useStream } from '../../link/use-engine.ts';
import { Permitted } from '../../shell/permitted.tsx';
import { GuidedCheck } from './guided-check.tsx';

const DIRECTIONS = ['grid', 'battery'] as const;
/** The readings must add up for so long, ms. */
const BALANCE_MS = 60_000;

/** What must be proven before any load runs, and how far it is. */
export function Commissioning() {
  const { t } = useTranslation();
  const proofs = useStream('commissioning');
  const simulated = useStream('status')?.simulated;
  if (!proofs) return <div className="skeleton device-skeleton" />;
  const directed = DIRECTIONS.filter((direction) => proofs[direction] !== undefined);
  if (simulated === true && directed.length === 0) return null;
  return (
    <section className="card section commissioning">
      <div className="group-head">
        <h2>{t('proof.title')}</h2>
        <span className={`badge ${proofs.passed ? 'good' : 'warn'}`}>
          {t(proofs.passed ? 'proof.passed' : 'proof.open')}
        </span>
      </div>
      {directed.length === 0 && <p className="muted">{t('proof.noMeter')}</p>}
      <ul className="proofs">
        {directed.map((direction) => (
          <li key={direction}>
            <strong>{t(`role.${direction}`)}</strong>
            <span className={`badge ${proofs[direction] ? 'good' : 'warn'}`}>
              {t(proofs[direction] ? 'direction.proven' : 'direction.unproven')}
            </span>
            {direction === 'battery' && !proofs.battery && <span className="muted">{t('proof.batteryWaits')}</span>}
          </li>
        ))}
        {proofs.balance && <Balance balance={proofs.balance} />}
      </ul>
      {directed.length > 0 && (
        <Permitted member="site.startSignCheck">
          <GuidedCheck proven={directed.every((direction) => proofs[direction])} />
        </Permitted>
      )}
    </section>
  );
}

function Balance({ balance }: { balance: NonNullable<Proofs['balance']> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { proven, residualW, toleranceW, forMs } = balance;
  return (
    <li>
      <strong>{t('proof.balance')}</strong>
      <span className={`badge ${proven ? 'good' : 'warn'}`}>{t(proven ? 'proof.adds' : 'proof.addsNot')}</span>
      <span className="muted">
        {residualW === undefined || toleranceW === undefined
          ? t('proof.noSum')
          : t('proof.residual', {
              p: isolate(formats.power(residualW)),
              most: isolate(formats.power(toleranceW)),
            })}{' '}
        {!proven && forMs > 0 && t('proof.for', { t: isolate(formats.countdown(BALANCE_MS - forMs)) })}
      </span>
    </li>
  );
}
