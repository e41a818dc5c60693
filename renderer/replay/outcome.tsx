import { useTranslation } from 'react-i18next';
import type { ReplayResult } from '#shared/plan-result.ts';
import { orUnknown } from '../i18n/formats.ts';
import { isolate } from '../i18n/isolate.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { Num } from '../ui/num.tsx';
import './outcome.css';

const sides = ['happened', 'today', 'changed'] as const;
const flows = ['draw', 'lost', 'import', 'export'] as const;

/** The same days three times: as they were, as set now, and as changed. */
export function Outcome({ replay }: { replay: ReplayResult }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <>
      <div className="table-scroll">
        <table className="replayed">
          <thead>
            <tr>
              <th scope="col">{t('preview.energy')}</th>
              {sides.map((side) => (
                <th key={side} scope="col">
                  {t(`preview.${side}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {flows.map((flow) => (
              <tr key={flow}>
                <th scope="row">{t(`preview.${flow}`)}</th>
                {sides.map((side) => (
                  <td key={side}>
                    <Num>{orUnknown(replay[side][flow], formats.energy)}</Num>
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{t('preview.earnings')}</th>
              {sides.map((side) => (
                <td key={side}>
                  <Num>{orUnknown(replay[`${side}Earnings`].earningsMicro, formats.money)}</Num>
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <p className="field-effect">
        {t('preview.trust', { share: isolate(formats.percent(replay.coverage * 100, 1)) })}
        {replay.lowerBound && ` ${t('preview.lowerBound')}`}
      </p>
    </>
  );
}
