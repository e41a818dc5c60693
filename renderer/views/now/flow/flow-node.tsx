import {
  BatteryCharging,
  House,
  Mountain,
  Pickaxe,
  Sun,
  UtilityPole,
  Waves,
  WavesArrowDown,
  Wind,
  type LucideIcon,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isolate } from '../../../i18n/isolate.ts';
import { useDurations } from '../../../i18n/use-durations.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useStream } from '../../../link/use-engine.ts';
import { Num } from '../../../ui/num.tsx';
import { PopUp } from '../../../ui/pop-up.tsx';
import { text } from '../shown.ts';
import type { NodeBox } from './layout.ts';
import { LoadList } from './load-list.tsx';
import { NodeDetail } from './node-detail.tsx';
import { seriesColour } from './picture.tsx';
import type { FlowNodeData } from './use-flows.ts';

const plants = { pv: Sun, wind: Wind, hydro: Waves, other: Mountain } satisfies Record<string, LucideIcon>;
const icons = {
  battery: BatteryCharging,
  grid: UtilityPole,
  curtailed: WavesArrowDown,
  demand: House,
  miners: Pickaxe,
};

interface Props {
  node: FlowNodeData;
  box: NodeBox;
  width: number;
  rtl: boolean;
}

export function FlowNode({ node, box, width, rtl }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const duration = useDurations();
  const plant = useStream('status')?.plant ?? 'pv';
  const loads = useStream('loads');
  const { id, shown } = node;
  const Icon = id === 'production' ? plants[plant] : icons[id];
  const content = (
    <>
      <span className="node-label">
        <Icon size={16} aria-hidden />
        {t(`flow.${id}`)}
      </span>
      <Num className="node-value">{text(shown, formats.power)}</Num>
      <span className="node-detail">
        {shown.ageMs === undefined ? (
          <NodeDetail node={node} />
        ) : (
          t('flow.ago', { age: isolate(duration(shown.ageMs)) })
        )}
      </span>
    </>
  );
  const frame = {
    className: 'node',
    'data-state': shown.state,
    'data-side': box.x < width / 2 === !rtl ? 'source' : 'sink',
    style: {
      left: box.x,
      top: box.y,
      width: box.width,
      height: box.height,
      '--series': seriesColour(node),
    },
  };
  if (id !== 'miners' || !loads || loads.length < 2) {
    return (
      <div {...frame} title={shown.problem}>
        {content}
      </div>
    );
  }
  return (
    <PopUp {...frame} face={content} label={t('flow.miners')} placement="top">
      <LoadList />
    </PopUp>
  );
}
