import type { ComponentProps } from 'react';
import { Num } from './num.tsx';

interface Props extends Omit<ComponentProps<'input'>, 'type' | 'inputMode' | 'dir' | 'aria-label' | 'aria-invalid'> {
  unit: string;
  /** Its name where no label around it says it. */
  label?: string;
  invalid?: boolean;
}

/** A number to type in, with its unit behind it. */
export function NumberUnit({ unit, label, invalid = false, ...input }: Props) {
  return (
    <span className="with-unit">
      <input type="number" inputMode="decimal" dir="ltr" aria-label={label} aria-invalid={invalid} {...input} />
      <Num>{unit}</Num>
    </span>
  );
}
