import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLock } from '../link/use-lock.ts';

/** Why this page may not do something; nothing where it may. */
export function LockNote({ member }: { member: string }) {
  const { t } = useTranslation();
  const lock = useLock(member);
  return (
    lock && (
      <p className="locked muted">
        <Lock size={16} aria-hidden /> {t(`locked.${lock}`)}
      </p>
    )
  );
}

/** Controls that belong to one member of the contract: out of use where this page may not call it. */
export function Permitted({ member, children }: { member: string; children: ReactNode }) {
  return (
    <fieldset className="permitted" disabled={useLock(member) !== undefined}>
      {children}
    </fieldset>
  );
}

interface LockedProps {
  member: string;
  title: string;
  children: ReactNode;
}

/** What cannot even be read without the right to call this member: its title and the reason stand in its place. */
export function Locked({ member, title, children }: LockedProps) {
  if (!useLock(member)) return children;
  return (
    <section className="card section">
      <h2>{title}</h2>
      <LockNote member={member} />
    </section>
  );
}

/** A link to where something is changed; without the right to do so it leads nowhere and says why. */
export function PermittedLink({ member, href, children }: { member: string; href: string; children: ReactNode }) {
  const { t } = useTranslation();
  const lock = useLock(member);
  return lock ? (
    <button type="button" className="button small" disabled title={t(`locked.${lock}`)}>
      {children}
    </button>
  ) : (
    <a className="button small" href={href}>
      {children}
    </a>
  );
}
