import { useTranslation } from 'react-i18next';
import type { LearnedOfLoad } from '#shared/contract/engine.ts';
import { isolate } from '../../i18n/isolate.ts';
import { useFormats } from '../../i18n/use-formats.ts';

const WIDTH = 360;
const HEIGHT = 150;
const EDGE = 8;
const BOTTOM = 22;

/** Hashrate over draw, both from zero, so that a straight line through the corner is the same efficiency everywhere. */
export function CurvePicture({ name, curve }: { name: string; curve: LearnedOfLoad['curve'] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [first, last] = [curve[0], curve.at(-1)];
  if (!first || !last) return null;
  const most = Math.max(...curve.map(({ hashrateThs }) => hashrateThs));
  const x = (drawW: number) => EDGE + ((WIDTH - 2 * EDGE) * drawW) / last.drawW;
  const y = (ths: number) => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - EDGE) * ths) / most;
  const [low, high] = [formats.power(first.drawW), formats.power(last.drawW)];
  const label = t('learned.picture', { name: isolate(name), low: isolate(low), high: isolate(high) });
  return (
    <svg className="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path className="curve-axes" d={`M${EDGE},${EDGE} V${y(0)} H${WIDTH - EDGE}`} />
      <line className="curve-even" x1={x(0)} y1={y(0)} x2={x(last.drawW)} y2={y(last.hashrateThs)} />
      <polyline points={curve.map((point) => `${x(point.drawW)},${y(point.hashrateThs)}`).join(' ')} />
      {curve.map((point) => (
        <circle key={point.drawW} cx={x(point.drawW)} cy={y(point.hashrateThs)} r={3} />
      ))}
      <text x={x(first.drawW)} y={HEIGHT - 6} textAnchor="middle">
        {low}
      </text>
      <text x={WIDTH - EDGE} y={HEIGHT - 6} textAnchor="end">
        {high}
      </text>
    </svg>
  );
}
