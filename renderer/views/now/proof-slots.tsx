import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Violation } from '#shared/ledger.ts';
import type { Streams } from '../../link/link.ts';
import { useGuardName } from '../../i18n/use-guard-name.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useEngine } from '../../link/use-engine.ts';
import { Num } from '../../ui/num.tsx';

export function ProofSlots({ today }: { today: Streams['today'] }) {
  const { t } = useTranslation();
  const engine = useEngine();
  const [violations, setViolations] = useState<Violation[]>();
  const { dayStartMs, dayEndMs } = today;
  useEffect(() => {
    let current = true;
    engine?.ledger.violations({ fromMs: dayStartMs, toMs: dayEndMs }).then(
      (found) => current && setViolations(found),
      // The dash stays; the banner tells of a lost engine.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [engine, dayStartMs, dayEndMs]);
  return (
    <div className="proof-slots">
      <h2>{t('now.proof.title')}</h2>
      <p className="muted">{t('now.proof.explain')}</p>
      <Rows violations={violations} />
    </div>
  );
}

function Rows({ violations }: { violations: Violation[] | undefined }) {
  const { t } = useTranslation();
  const guardName = useGuardName();
  const formats = useFormats();
  if (!violations) return <p>–</p>;
  if (violations.length === 0) return <p>{t('now.proof.none')}</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('now.proof.when')}</th>
          <th scope="col">{t('now.proof.energy')}</th>
          <th scope="col">{t('now.proof.cause')}</th>
        </tr>
      </thead>
      <tbody>
        {violations.map((each) => {
          return (
            <tr key={`${each.startMs} ${each.loadId}`}>
              <td>
                <Num>{`${formats.time(each.startMs)}–${formats.time(each.endMs)}`}</Num>
              </td>
              <td>
                <Num>{formats.energyExact(each.gridFed)}</Num>
              </td>
              <td>{guardName(each.cause) ?? each.cause}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
