import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats.ts';
import { nameOf } from './plan-path.ts';

/** A field of a plan in the owner's language; one that has no name yet is shown by its path. */
export function useFieldName(): (field: string) => string {
  const { t, i18n } = useTranslation();
  const { number } = useFormats();
  return (field) => {
    const { key, place } = nameOf(field);
    const name = i18n.exists(`planField.${key}`) ? t(`planField.${key}` as 'planField.peakW') : field;
    return place === undefined ? name : `${name} ${number(place)}`;
  };
}
