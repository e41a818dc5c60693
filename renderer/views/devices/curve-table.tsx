import { useTranslation } from 'react-i18next';
import type { LearnedOfLoad } from '#shared/contract/engine.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Num } from '../../ui/num.tsx';
import '../../charts/flow-table.css';

/** The points of a learned curve in figures. */
export function CurveTable({ name, curve }: { name: string; curve: LearnedOfLoad['curve'] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <table className="flow-table" aria-label={`${t('learned.title')}, ${name}`}>
      <thead>
        <tr>
          <th scope="col">{t('learned.p')}</th>
          <th scope="col">{t('learned.hashrate')}</th>
          <th scope="col">{t('learned.efficiency')}</th>
        </tr>
      </thead>
      <tbody>
        {curve.map(({ drawW, hashrateThs }) => (
          <tr key={drawW}>
            <th scope="row">
              <Num>{formats.power(drawW)}</Num>
            </th>
            <td>
              <Num>{formats.hashrate(hashrateThs)}</Num>
            </td>
            <td>
              <Num>{formats.quantity(drawW / hashrateThs, 'J/TH', 1)}</Num>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
