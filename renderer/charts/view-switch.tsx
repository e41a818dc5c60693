import { ChartArea, Table } from 'lucide-react';
import { useTranslation } from 'react-i18next';

interface Props {
  asTable: boolean;
  onChange: (asTable: boolean) => void;
}

/** Every chart has its table. */
export function ViewSwitch({ asTable, onChange }: Props) {
  const { t } = useTranslation();
  const Icon = asTable ? ChartArea : Table;
  return (
    <button type="button" className="button plain small view-switch" onClick={() => onChange(!asTable)}>
      <Icon size={16} aria-hidden />
      {asTable ? t('chart.chart') : t('chart.table')}
    </button>
  );
}
