import { useTranslation } from 'react-i18next';
import type { Assumption } from '#shared/contract/planner.ts';
import { AssumptionField } from './assumption-field.tsx';
import { withField, withKind, type Draft } from './plan-path.ts';
import type { Checked } from './use-planner.ts';

const groups = [
  'source',
  'battery',
  'demand',
  'grid',
  'loads',
  'tariff',
  'economics',
  'strategy',
  'place',
] as const satisfies Assumption['group'][];

interface Props {
  plan: Draft;
  checked: Checked;
  onChange: (plan: Draft) => void;
}

/** Every figure of the plan on one page, each to be changed, each with who says so. */
export function Assumptions({ plan, checked: { assumptions, problems }, onChange }: Props) {
  const { t } = useTranslation();
  const change = (field: string, value: Assumption['value']) =>
    onChange(
      field.endsWith('.kind') && typeof value === 'string'
        ? withKind(plan, field, value, Date.now())
        : withField(plan, field, value),
    );
  const shown = new Set(assumptions.map(({ field }) => field));
  const elsewhere = problems.filter(({ field }) => !shown.has(field));
  return (
    <section className="card section" aria-labelledby="plan-assumptions">
      <h2 id="plan-assumptions">{t('planner.assumptions')}</h2>
      <p className="muted">{t('planner.assumptionsHint')}</p>
      <label className="field">
        <span>{t('planner.name')}</span>
        <input
          type="text"
          maxLength={80}
          value={typeof plan['name'] === 'string' ? plan['name'] : ''}
          onChange={({ target }) => onChange({ ...plan, name: target.value })}
        />
      </label>
      {elsewhere.map(({ field, message }) => (
        <p key={field} className="field-problem" role="alert">
          {`${field}: ${message}`}
        </p>
      ))}
      {groups.map((group) => {
        const own = assumptions.filter((each) => each.group === group);
        if (own.length === 0) return null;
        return (
          <details
            key={group}
            open={group === 'source' || own.some(({ field }) => problems.some((p) => p.field === field))}
          >
            <summary>{t(`planner.group.${group}`)}</summary>
            <div className="assumption-list">
              {own.map((each) => (
                <AssumptionField
                  key={each.field}
                  assumption={each}
                  currency={String(plan['currency'])}
                  problem={problems.find(({ field }) => field === each.field)?.message}
                  onChange={(value) => change(each.field, value)}
                />
              ))}
            </div>
          </details>
        );
      })}
    </section>
  );
}
