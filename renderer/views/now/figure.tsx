import type { ReactNode } from 'react';
import { Num } from '../../ui/num.tsx';

interface Props {
  label: string;
  value: string;
  /** A translated unit, which takes the direction of its language. */
  unit?: string | undefined;
  note?: ReactNode;
}

export function Figure({ label, value, unit, note }: Props) {
  return (
    <div className="card figure">
      <h2>{label}</h2>
      <p className="figure-value">
        <Num>{value}</Num>
        {unit && ` ${unit}`}
      </p>
      {/* Kept when empty, so that nothing below moves. */}
      <p className="figure-note muted">{note}</p>
    </div>
  );
}
