import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Num } from '../../../ui/num.tsx';

interface FieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  type?: 'text' | 'number' | 'password';
  unit?: string;
  hint?: ReactNode;
  problem?: string | undefined;
  placeholder?: string | undefined;
  required?: boolean;
  /** Id of a datalist with what could be meant. */
  list?: string;
}

/** One field with its label, its meaning and what is wrong with it. Addresses and numbers stay left to right. */
export function TextField(props: FieldProps) {
  const { label, value, onChange, type = 'text', unit, hint, problem, placeholder, required = false, list } = props;
  const { t } = useTranslation();
  const id = useId();
  const told = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="with-unit">
        <input
          id={id}
          type={type === 'number' ? 'text' : type}
          inputMode={type === 'number' ? 'decimal' : undefined}
          dir="auto"
          list={list}
          autoComplete={type === 'password' ? 'new-password' : 'off'}
          autoCapitalize="none"
          spellCheck={false}
          value={value}
          placeholder={placeholder}
          aria-required={required || undefined}
          aria-invalid={problem !== undefined || undefined}
          aria-describedby={told || undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        {unit && <Num>{unit}</Num>}
      </span>
      {hint && (
        <span id={`${id}-hint`} className="field-effect">
          {hint}
        </span>
      )}
      {problem && (
        <span id={`${id}-problem`} className="field-problem">
          {t(problem as never, problem)}
        </span>
      )}
    </div>
  );
}

interface SelectProps<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange(value: T): void;
  hint?: string | undefined;
  /** `setting`: the label beside the choice where there is room. */
  look?: 'field' | 'setting';
}

export function SelectField<T extends string>({ label, value, options, onChange, hint, look }: SelectProps<T>) {
  const id = useId();
  return (
    <div className={look === 'setting' ? 'field setting' : 'field'}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          const chosen = options.find(([each]) => each === event.target.value);
          if (chosen) onChange(chosen[0]);
        }}
      >
        {options.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
      {hint && (
        <span id={`${id}-hint`} className="field-effect">
          {hint}
        </span>
      )}
    </div>
  );
}
