import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/contract/done.ts';
import type en from './en.json';
import { isolate } from './isolate.ts';
import { useFormats } from './use-formats.ts';

type Code = keyof (typeof en)['problem'];

/** What was wrong, in the owner's language where its code is known, else as the engine said it, with its field. */
export function useProblemText(): (problem: Problem) => string {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const show = (name: string, value: number | string) => {
    if (typeof value === 'string') return value;
    if (name.endsWith('Percent')) return formats.percent(value);
    if (name.endsWith('Wh')) return formats.energy(value * 1000);
    return name.endsWith('W') ? formats.power(value) : formats.number(value, Number.isInteger(value) ? 0 : 3);
  };
  return ({ field, message, code, values = {} }) => {
    if (code === undefined || !i18n.exists(`problem.${code}`)) return `${field}: ${message}`;
    const shown = Object.entries(values).map(([name, value]) => [name, isolate(show(name, value))]);
    return t(`problem.${code as Code}`, Object.fromEntries(shown));
  };
}
