import { CircleHelp, ShieldCheck, TriangleAlert, TrendingDown, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Proof } from '#shared/ledger.ts';
import { UNKNOWN } from '../../i18n/formats.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Num } from '../../ui/num.tsx';
import { PopUp } from '../../ui/pop-up.tsx';
import { ProofSlots } from './proof-slots.tsx';
import { useShowable } from './use-live.ts';

const icons: Record<Proof['look'], LucideIcon> = {
  proven: ShieldCheck,
  trace: TrendingDown,
  breach: TriangleAlert,
  unproven: CircleHelp,
};

/** Grid energy mined today: the figure that must be zero, and opens to its slots. */
export function ProofFigure() {
  const { t } = useTranslation();
  const formats = useFormats();
  const today = useShowable('today');
  const proof = today?.proof;
  const look = proof && (proof.slots === 0 ? 'unproven' : proof.look);
  const Icon = look ? icons[look] : CircleHelp;
  return (
    <PopUp
      className="card figure proof"
      data-look={look ?? 'unproven'}
      disabled={!today}
      label={t('now.proof.title')}
      placement="bottom end"
      face={
        <>
          <span className="proof-label">{t('now.gridMined')}</span>
          <span className="figure-value">
            <Num>{proof ? formats.energyExact(proof.gridFed) : UNKNOWN}</Num>
            <Icon size={22} aria-hidden />
          </span>
          <span className="figure-note">
            {proof && <ProofNote proof={proof} />}
            {proof && proof.boostGridFed > 0 && (
              <> · {t('now.proof.boost', { e: isolate(formats.energyExact(proof.boostGridFed)) })}</>
            )}
          </span>
        </>
      }
    >
      {today && <ProofSlots today={today} />}
    </PopUp>
  );
}

function ProofNote({ proof }: { proof: Proof }) {
  const { t } = useTranslation();
  if (proof.slots === 0) return t('now.proof.empty');
  if (proof.look === 'proven') return t('now.proof.proven', { count: proof.slots });
  if (proof.look === 'unproven') return t('now.proof.unproven', { count: proof.unprovenSlots });
  return proof.look === 'trace' ? t('now.proof.trace') : t('now.proof.breach');
}
