import { useTranslation } from 'react-i18next';
import { Reason } from '#shared/control.ts';
import type { DecisionMark } from '#shared/ledger.ts';
import { clusterMarks, type Cluster } from '../../charts/marks.ts';
import type { Stretch } from '../../charts/zoom.ts';
import { kindIcons } from '../../decisions/kind-icons.ts';
import { useLoadName } from '../../decisions/use-load-name.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useReasonText } from '../../i18n/use-reason-text.ts';
import { useStream } from '../../link/use-engine.ts';
import { Num } from '../../ui/num.tsx';
import { PopUp } from '../../ui/pop-up.tsx';

interface Props {
  marks: readonly DecisionMark[];
  shown: Stretch;
  toX: (atMs: number) => number;
  width: number;
}

/** Decisions of the day over the time they were made at. */
export function DecisionLane({ marks, shown, toX, width }: Props) {
  const { t } = useTranslation();
  // What only notes a reason is read at the cursor.
  const here = marks.filter(({ kind, atMs }) => kind !== 'note' && atMs >= shown.fromMs && atMs < shown.toMs);
  const clusters = clusterMarks(here, toX);
  return (
    <ul className="lane" aria-label={t('lane.title')} style={{ width }}>
      {clusters.map((cluster) => (
        <li key={cluster.marks[0]!.atMs} style={{ left: cluster.x }}>
          <Mark cluster={cluster} />
        </li>
      ))}
    </ul>
  );
}

function Mark({ cluster: { marks } }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [first] = marks;
  const single = marks.length === 1 ? first! : undefined;
  const Icon = single && kindIcons[single.kind];
  const label = single ? t(`lane.${single.kind}`) : t('lane.several', { count: marks.length });
  return (
    <PopUp
      className="mark"
      data-kind={single?.kind}
      aria-label={`${formats.time(first!.atMs)} ${label}`}
      face={Icon ? <Icon size={12} aria-hidden /> : <i data-count={formats.number(marks.length)} />}
      label={label}
      placement="top"
    >
      <ul className="mark-list">
        {marks.map((mark) => (
          <MarkDetail key={`${mark.atMs} ${mark.loadId}`} mark={mark} />
        ))}
      </ul>
    </PopUp>
  );
}

function MarkDetail({ mark }: { mark: DecisionMark }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const reasonText = useReasonText();
  const loads = useStream('loads');
  const name = useLoadName()(mark.loadId);
  const reason = Reason.safeParse(mark.reason);
  const said = reason.success ? reasonText(reason.data, mark.atMs) : undefined;
  return (
    <li>
      <p>
        <Num>{formats.time(mark.atMs)}</Num> <strong>{t(`lane.${mark.kind}`)}</strong>{' '}
        {mark.setpointW !== undefined && <Num>{formats.power(mark.setpointW)}</Num>}
        {(loads?.length ?? 0) > 1 && (
          <span className="muted">
            {' · '}
            <bdi>{name}</bdi>
          </span>
        )}
      </p>
      {said && (
        <p className="muted">
          {said.head}. {said.rest}
        </p>
      )}
    </li>
  );
}
