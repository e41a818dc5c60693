import { seriesLooks, type SeriesId } from './series.ts';
import { TILE, tiles } from './patterns.ts';

/** Once in the document; marks refer to `url(#pattern-…)`. */
export function PatternDefs() {
  return (
    <svg className="pattern-defs" width="0" height="0" aria-hidden="true">
      <defs>
        {(Object.keys(seriesLooks) as SeriesId[]).map((series) => {
          const { colour, pattern } = seriesLooks[series];
          const { path, stroke, ground } = tiles[pattern];
          return (
            <pattern key={series} id={`pattern-${series}`} width={TILE} height={TILE} patternUnits="userSpaceOnUse">
              {ground > 0 && <rect width={TILE} height={TILE} fill={`var(${colour})`} opacity={ground} />}
              {path && (
                <path d={path} stroke={`var(${colour})`} strokeWidth={stroke} strokeLinecap="round" fill="none" />
              )}
            </pattern>
          );
        })}
      </defs>
    </svg>
  );
}

/** The series' mark in a legend or a table. */
export function Swatch({ series }: { series: SeriesId }) {
  return (
    <svg className="swatch" width="16" height="14" aria-hidden="true">
      <rect
        x="1"
        y="1"
        width="14"
        height="12"
        rx="3"
        fill={`url(#pattern-${series})`}
        stroke={`var(${seriesLooks[series].colour})`}
        strokeWidth="1.5"
        {...(series === 'curtailed' && { strokeDasharray: '3 2' })}
      />
    </svg>
  );
}
