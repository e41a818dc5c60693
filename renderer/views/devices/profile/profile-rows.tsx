import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { SelectField, TextField } from '../add/form-fields.tsx';
import { newRow, quantities, signs, types, type ProfileDraft, type Row } from './profile-text.ts';

interface Props {
  draft: ProfileDraft;
  problemOf(row: Row): string | undefined;
  change(rows: Row[]): void;
}

/** Where each number lies and how it becomes W, Wh, V, Hz or %. */
export function ProfileRows({ draft: { rows, protocol }, problemOf, change }: Props) {
  const { t } = useTranslation();
  const free = quantities.filter((quantity) => !rows.some((row) => row.quantity === quantity));
  const put = (i: number, changes: Partial<Row>) =>
    change(rows.map((row, each) => (each === i ? { ...row, ...changes } : row)));
  return (
    <fieldset className="profile-rows">
      <legend>{t('profile.rows')}</legend>
      <p className="field-effect">{t('profile.rowsHint')}</p>
      {rows.map((row, i) => (
        <div key={row.quantity} className="fields profile-row">
          <SelectField
            label={t('profile.quantity')}
            value={row.quantity}
            options={quantities
              .filter((quantity) => quantity === row.quantity || free.includes(quantity))
              .map((quantity) => [quantity, t(`rowQuantity.${quantity}`)] as const)}
            onChange={(quantity) => put(i, { quantity, positive: newRow(quantity).positive })}
          />
          <TextField
            label={t(protocol === 'registers' ? 'profile.register' : 'profile.jsonPath')}
            value={row.at}
            placeholder={protocol === 'registers' ? '40' : 'meter.power'}
            problem={problemOf(row)}
            onChange={(at) => put(i, { at })}
          />
          {protocol === 'registers' && (
            <SelectField
              label={t('profile.type')}
              value={row.as}
              options={types.map((type) => [type, type] as const)}
              onChange={(as) => put(i, { as })}
            />
          )}
          <TextField
            label={t('profile.scale')}
            value={row.scale}
            type="number"
            onChange={(scale) => put(i, { scale })}
          />
          {(row.quantity === 'grid' || row.quantity === 'battery') && (
            <SelectField
              label={t('profile.positive')}
              value={row.positive}
              options={signs[row.quantity].map((sign) => [sign, t(`quantity.${sign}`)] as const)}
              onChange={(positive) => put(i, { positive })}
            />
          )}
          <button
            type="button"
            className="button plain small"
            disabled={rows.length === 1}
            aria-label={t('profile.removeRow')}
            onClick={() => change(rows.filter((_, each) => each !== i))}
          >
            <X size={16} aria-hidden />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="button small"
        disabled={free.length === 0}
        onClick={() => free[0] && change([...rows, newRow(free[0])])}
      >
        <Plus size={16} aria-hidden />
        {t('profile.addRow')}
      </button>
    </fieldset>
  );
}
