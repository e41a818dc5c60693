import { useMemo } from 'react';
import { useSiteNow } from '../../../link/site-clock.ts';
import { useStream } from '../../../link/use-engine.ts';
import { shownFigure, shownQuantity, type Shown } from '../shown.ts';
import { useShowable } from '../use-live.ts';
import { REST_W, type FlowPort } from './layout.ts';

export type NodeId = 'production' | 'battery' | 'grid' | 'curtailed' | 'demand' | 'miners';
export type Direction = 'charging' | 'discharging' | 'importing' | 'exporting' | 'resting' | 'balanced';

export interface FlowNodeData {
  id: NodeId;
  shown: Shown;
  direction?: Direction;
}

/** Two opposite quantities of which one flows: the larger speaks. */
function pair(a: Shown, b: Shown): { shown: Shown; second: boolean } {
  const second = (b.value ?? -1) > (a.value ?? -1);
  if (a.value === undefined && b.value === undefined) return { shown: a, second };
  return { shown: second ? b : a, second };
}

export function useFlows() {
  const status = useStream('status');
  const live = useShowable('live');
  const loads = useStream('loads');
  const nowMs = useSiteNow() ?? 0;
  const nodes = useMemo(() => {
    const of = (quantity: Parameters<typeof shownQuantity>[1]) => shownQuantity(live, quantity, nowMs);
    const list: FlowNodeData[] = [{ id: 'production', shown: of('production') }];
    if (!status || status.hasBattery) {
      const { shown, second } = pair(of('charge'), of('discharge'));
      const still = (shown.value ?? 0) < REST_W;
      list.push({ id: 'battery', shown, direction: still ? 'resting' : second ? 'discharging' : 'charging' });
    }
    if (!status || status.hasGrid) {
      const { shown, second } = pair(of('export'), of('import'));
      const still = (shown.value ?? 0) < REST_W;
      list.push({ id: 'grid', shown, direction: still ? 'balanced' : second ? 'importing' : 'exporting' });
    }
    list.push({ id: 'curtailed', shown: shownFigure(live?.decision.curtailedW) });
    const demand = of('demand');
    list.push({
      id: 'demand',
      shown: demand.value === undefined && live?.demandW !== undefined ? shownFigure(live.demandW) : demand,
    });
    if (!loads || loads.length > 0) list.push({ id: 'miners', shown: shownFigure(live?.drawW) });
    return list;
  }, [status, live, loads, nowMs]);

  return useMemo(() => {
    const port = (id: NodeId, row: number, inward: boolean): FlowPort[] => {
      const node = nodes.find((each) => each.id === id);
      return node ? [{ id, row, powerW: node.shown.value, inward }] : [];
    };
    const directionOf = (id: NodeId) => nodes.find((each) => each.id === id)?.direction;
    return {
      nodes,
      left: [
        ...port('production', 0, true),
        ...port('battery', 1, directionOf('battery') === 'discharging'),
        ...port('grid', 2, directionOf('grid') === 'importing'),
      ],
      right: [...port('demand', 1, false), ...port('miners', 2, false)],
      curtailedW: nodes.find(({ id }) => id === 'curtailed')?.shown.value,
      scaleW: status?.scaleW ?? 1000,
    };
  }, [nodes, status?.scaleW]);
}
