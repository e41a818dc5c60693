import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseCsv } from '#shared/csv.ts';
import type { PastMapping } from '#shared/contract/books.ts';
import { SelectField } from '../../devices/add/form-fields.tsx';
import { FileButton } from '../file-button.tsx';
import { handOver } from '../hand-over.ts';
import { MoneyTable } from '../money-table.tsx';
import { ToldLine } from '../told-line.tsx';
import { useTake } from '../use-asked.ts';
import { guessColumns } from './guess-columns.ts';

const flows = ['production', 'import', 'export', 'charge', 'discharge'] as const;
const units = ['Wh', 'kWh', 'W', 'kW'] as const;
const SHOWN_ROWS = 3;

/** The owner's own records of before, each column given its meaning; a look at the first rows before anything is taken. */
export function PastImport() {
  const { t } = useTranslation();
  const { told, take } = useTake(() => undefined);
  const [text, setText] = useState<string>();
  const [mapping, setMapping] = useState<PastMapping>({ start: '', unit: 'kWh' });
  const table = text === undefined ? undefined : parseCsv(text.slice(0, 20_000));

  function open(content: string) {
    setText(content);
    setMapping(guessColumns(parseCsv(content.slice(0, 20_000)).names));
  }
  const columns = (optional: boolean) => [
    ...(optional ? ([['', t('records.none')]] as const) : []),
    ...(table?.names ?? []).map((name) => [name, name] as const),
  ];
  const pick = (key: 'end' | (typeof flows)[number], name: string) => {
    const { [key]: _, ...rest } = mapping;
    setMapping(name === '' ? rest : { ...rest, [key]: name });
  };
  return (
    <section className="card section" aria-labelledby="past">
      <h2 id="past">{t('records.past')}</h2>
      <p className="field-effect">{t('records.pastMeans')}</p>
      <p>
        <FileButton label={t('records.choose')} accept=".csv,text/csv,.txt" onText={open} />
      </p>
      {table && text !== undefined && (
        <>
          <MoneyTable
            label={t('records.look')}
            head={table.names}
            rows={table.rows.slice(0, SHOWN_ROWS).map((cells, i) => ({ key: String(i), cells }))}
          />
          <div className="entry-fields">
            <SelectField
              label={t('records.start')}
              value={mapping.start}
              options={columns(false)}
              onChange={(start) => setMapping((before) => ({ ...before, start }))}
            />
            <SelectField
              label={t('records.end')}
              hint={t('records.endMeans')}
              value={mapping.end ?? ''}
              options={columns(true)}
              onChange={(name) => pick('end', name)}
            />
            <SelectField
              label={t('records.unit')}
              value={mapping.unit}
              options={units.map((each) => [each, each] as const)}
              onChange={(unit) => setMapping((before) => ({ ...before, unit }))}
            />
            {flows.map((flow) => (
              <SelectField
                key={flow}
                label={t(`series.${flow}`)}
                value={mapping[flow] ?? ''}
                options={columns(true)}
                onChange={(name) => pick(flow, name)}
              />
            ))}
          </div>
          <p>
            <button
              type="button"
              className="button primary"
              disabled={mapping.start === '' || flows.every((flow) => mapping[flow] === undefined)}
              onClick={() =>
                void take((engine) =>
                  handOver(engine, text, (file) => engine.books.importPastCsv({ file, mapping })),
                ).then((done) => done && setText(undefined))
              }
            >
              {t('records.take')}
            </button>
          </p>
        </>
      )}
      <ToldLine told={told} />
    </section>
  );
}
