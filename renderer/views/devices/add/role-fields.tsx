import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '#shared/device.ts';

interface Props {
  offered: readonly Role[];
  roles: readonly Role[];
  problem: string | undefined;
  onChange(roles: Role[]): void;
}

/** What this device is asked for. */
export function RoleFields({ offered, roles, problem, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset className="fields" aria-describedby={problem ? id : undefined}>
      <legend>{t('add.roles')}</legend>
      <p className="field-effect">{t('add.rolesHint')}</p>
      {offered.map((role) => (
        <label key={role} className="check">
          <input
            type="checkbox"
            checked={roles.includes(role)}
            aria-invalid={problem !== undefined || undefined}
            onChange={(event) =>
              onChange(event.target.checked ? [...roles, role] : roles.filter((each) => each !== role))
            }
          />
          <span>{t(`role.${role}`)}</span>
        </label>
      ))}
      {problem && (
        <p id={id} className="field-problem">
          {t(problem as never)}
        </p>
      )}
    </fieldset>
  );
}
