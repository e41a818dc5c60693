import { type CSSProperties } from 'react';
import type { FlowLayout, Point, Ribbon } from './layout.ts';
import type { FlowNodeData } from './use-flows.ts';

const colours: Record<string, string> = {
  production: '--production',
  battery: '--battery',
  grid: '--export',
  curtailed: '--curtailed',
  demand: '--demand',
  miners: '--mining',
};

export function seriesColour({ id, direction }: Pick<FlowNodeData, 'id' | 'direction'>): string {
  return `var(${direction === 'importing' ? '--import' : colours[id]})`;
}

interface Props {
  layout: FlowLayout;
  width: number;
  height: number;
  nodes: FlowNodeData[];
}

export function Picture({ layout, width, height, nodes }: Props) {
  const { bar, ribbons } = layout;
  return (
    <svg className="flow-picture" width={width} height={height} aria-hidden="true">
      {ribbons.map((ribbon) => {
        const node = nodes.find(({ id }) => id === ribbon.id);
        if (!node) return null;
        return (
          <RibbonMark key={ribbon.id} ribbon={ribbon} colour={seriesColour(node)} still={node.shown.state !== 'live'} />
        );
      })}
      <rect className="bar" x={bar.x - 4} y={bar.y} width={8} height={bar.height} rx={4} />
    </svg>
  );
}

function RibbonMark({ ribbon, colour, still }: { ribbon: Ribbon; colour: string; still: boolean }) {
  const { path, width, state, badge, chevrons, id } = ribbon;
  const hatched = id === 'curtailed' && state === 'flowing';
  return (
    <g
      className="ribbon"
      data-state={state}
      data-still={still || undefined}
      style={{ '--series': colour } as CSSProperties}
    >
      <path d={path} strokeWidth={width} stroke={hatched ? 'url(#pattern-curtailed)' : colour} />
      {hatched && width >= 6 && <Edges path={path} width={width} />}
      {chevrons.slice(0, -1).map((from, i) => (
        <Chevron key={i} from={from} to={chevrons[i + 1]!} size={Math.min(7, width / 4)} />
      ))}
      {badge && <Badge at={badge} />}
    </g>
  );
}

/** Dashed edges of the straight curtailed ribbon. */
function Edges({ path, width }: { path: string; width: number }) {
  return [-width / 2, width / 2].map((offset) => (
    <path key={offset} className="ribbon-edge" d={path} transform={`translate(0 ${offset})`} />
  ));
}

function Chevron({ from, to, size }: { from: Point; to: Point; size: number }) {
  const style = {
    '--x0': `${from.x}px`,
    '--y0': `${from.y}px`,
    '--a0': `${from.angle}deg`,
    '--x1': `${to.x}px`,
    '--y1': `${to.y}px`,
    // The short way round: an angle near ±180° must not spin.
    '--a1': `${from.angle + ((((to.angle - from.angle + 180) % 360) + 360) % 360) - 180}deg`,
  } as CSSProperties;
  return (
    <path className="chevron" style={style} d={`M${-size * 0.6} ${-size}L${size * 0.4} 0L${-size * 0.6} ${size}`} />
  );
}

function Badge({ at }: { at: Point }) {
  return (
    <g className="flow-badge" transform={`translate(${at.x} ${at.y}) rotate(${at.angle})`}>
      <circle r={10} />
      <path d="M-4 0H4M1 -3.5L4.5 0L1 3.5" />
    </g>
  );
}
