import { useTranslation } from 'react-i18next';
import { indexAt, type Cells } from './cells.ts';
import { startOf, type Room } from './room.ts';
import { clampStretch, type Stretch } from './zoom.ts';

interface Props {
  cells: Cells;
  shown: Stretch;
  room: Room;
  rtl: boolean;
  tell: (atMs: number) => string;
  onChange: (stretch: Stretch | undefined) => void;
}

/** Two thumbs that choose the stretch of time on the screen: zoom for fingers and keyboards. */
export function RangeStrip({ cells, shown, room, rtl, tell, onChange }: Props) {
  const { t } = useTranslation();
  const fromMs = cells[0]!.startMs;
  const lengthMs = cells.at(-1)!.endMs - fromMs;
  const share = (atMs: number) => (100 * (atMs - fromMs)) / lengthMs;
  // A thumb stands at an edge between cells.
  const edgeMs = (edge: number) => cells[edge]?.startMs ?? cells.at(-1)!.endMs;
  const edgeAt = (atMs: number) => (atMs > cells.at(-1)!.startMs ? cells.length : indexAt(cells, atMs));
  const thumb = (side: keyof Stretch, label: string) => (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={tell(shown[side])}
      min={0}
      max={cells.length}
      value={edgeAt(shown[side])}
      onChange={(event) => onChange(clampStretch({ ...shown, [side]: edgeMs(Number(event.target.value)) }, cells))}
    />
  );
  const startPx = startOf(room, rtl);
  return (
    <fieldset
      className="range-strip"
      aria-label={t('chart.stretch')}
      dir="ltr"
      style={{ marginLeft: startPx, marginRight: room.axis + room.end - startPx }}
    >
      <div>
        <i style={{ left: `${share(shown.fromMs)}%`, right: `${100 - share(shown.toMs)}%` }} />
        {thumb('fromMs', t('chart.from'))}
        {thumb('toMs', t('chart.to'))}
      </div>
    </fieldset>
  );
}
