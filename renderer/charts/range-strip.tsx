import { useTranslation } from 'react-i18next';
import { PLOT } from './area-chart.tsx';
import { clampStretch, type Stretch } from './zoom.ts';

interface Props {
  all: Stretch;
  shown: Stretch;
  stepMs: number;
  rtl: boolean;
  tell: (atMs: number) => string;
  onChange: (stretch: Stretch | undefined) => void;
}

/** Two thumbs that choose the stretch of time on the screen: zoom for fingers and keyboards. */
export function RangeStrip({ all, shown, stepMs, rtl, tell, onChange }: Props) {
  const { t } = useTranslation();
  const share = (atMs: number) => (100 * (atMs - all.fromMs)) / (all.toMs - all.fromMs);
  const thumb = (edge: keyof Stretch, label: string) => (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={tell(shown[edge])}
      min={all.fromMs}
      max={all.toMs}
      step={stepMs}
      value={shown[edge]}
      onChange={(event) => onChange(clampStretch({ ...shown, [edge]: Number(event.target.value) }, all))}
    />
  );
  return (
    <fieldset
      className="range-strip"
      aria-label={t('chart.stretch')}
      dir="ltr"
      style={{ marginLeft: rtl ? PLOT.end : PLOT.axis, marginRight: rtl ? PLOT.axis : PLOT.end }}
    >
      <i style={{ left: `${share(shown.fromMs)}%`, right: `${100 - share(shown.toMs)}%` }} />
      {thumb('fromMs', t('chart.from'))}
      {thumb('toMs', t('chart.to'))}
    </fieldset>
  );
}
