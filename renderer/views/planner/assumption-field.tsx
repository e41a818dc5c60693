import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assumption } from '#shared/contract/planner.ts';
import { Num } from '../../ui/num.tsx';
import { useFieldName } from './use-field-name.ts';

interface Props {
  assumption: Assumption;
  currency: string;
  problem: string | undefined;
  onChange: (value: Assumption['value']) => void;
}

/** Numbers as they are typed: one, or several between commas or blanks; undefined while it is none. */
function parsed(text: string, like: Assumption['value']): Assumption['value'] | undefined {
  if (typeof like === 'string') return text;
  const numbers = text.split(/[\s;,]+/).filter((part) => part !== '');
  const values = numbers.map(Number);
  if (values.some((value) => !Number.isFinite(value))) return undefined;
  if (Array.isArray(like)) return values;
  return values.length === 1 ? values[0] : undefined;
}

const textOf = (value: Assumption['value']) => (Array.isArray(value) ? value.join(' ') : String(value));

/** One figure: its name, its value to change, its unit, and who says so. */
export function AssumptionField({ assumption, currency, problem, onChange }: Props) {
  const { t } = useTranslation();
  const fieldName = useFieldName();
  const id = useId();
  const { field, value, choices, source } = assumption;
  const unit = assumption.unit
    .replace('currency', currency)
    .replace('years', t('planner.years'))
    .replace('months', t('planner.months'));
  // What is typed stays as typed until it is left; a number half written is no number.
  const [typed, setTyped] = useState<string>();
  const text = typed ?? textOf(value);
  const unreadable = typed !== undefined && parsed(typed, value) === undefined;
  const leave = () => {
    const next = typed === undefined ? undefined : parsed(typed, value);
    if (next === undefined) return;
    setTyped(undefined);
    if (textOf(next) !== textOf(value)) onChange(next);
  };
  return (
    <div className="field assumption">
      <label htmlFor={id}>{fieldName(field)}</label>
      <span className="with-unit">
        {choices ? (
          <select id={id} value={String(value)} onChange={({ target }) => onChange(target.value)}>
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {t(`planChoice.${choice}` as 'planChoice.grid')}
              </option>
            ))}
          </select>
        ) : (
          <input
            id={id}
            type="text"
            dir="ltr"
            inputMode={typeof value === 'number' ? 'decimal' : 'text'}
            className={Array.isArray(value) ? 'long' : undefined}
            aria-invalid={unreadable || problem !== undefined}
            value={text}
            onChange={({ target }) => setTyped(target.value)}
            onBlur={leave}
            onKeyDown={({ key }) => key === 'Enter' && leave()}
          />
        )}
        {unit !== '' && <Num>{unit}</Num>}
      </span>
      <span className="field-effect">{source === 'assumed' ? t('planner.assumed') : source}</span>
      {unreadable && <span className="field-problem">{t('planner.noNumber')}</span>}
      {problem && <span className="field-problem">{problem}</span>}
    </div>
  );
}
