import { useTranslation } from 'react-i18next';
import { isolate } from '../../../i18n/isolate.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useStream } from '../../../link/use-engine.ts';
import { Num } from '../../../ui/num.tsx';
import { useShowable } from '../use-live.ts';
import type { FlowNodeData } from './use-flows.ts';

/** Setpoint and draw are both shown from this difference on. */
const APART = 0.1;

/** The line under a node's figure. */
export function NodeDetail({ node }: { node: FlowNodeData }) {
  const { t } = useTranslation();
  const { id, shown, direction } = node;
  if (id === 'miners') return <MinersDetail drawW={shown.value} />;
  if (shown.state === 'unknown') return id === 'demand' || id === 'curtailed' ? '' : t('flow.silent');
  if (id === 'production') return <ProductionDetail />;
  if (id === 'battery') return <BatteryDetail direction={direction} />;
  if (id === 'curtailed') return <CurtailedDetail curtailed={(shown.value ?? 0) > 0} />;
  return direction ? t(`flow.${direction}`) : '';
}

function ProductionDetail() {
  const { t } = useTranslation();
  const plant = useStream('status')?.plant;
  const generator = useShowable('live')?.snapshot.generatorRunning?.value;
  if (generator) return t('flow.generator');
  return plant ? t(`plant.${plant}`) : '';
}

function BatteryDetail({ direction }: { direction: FlowNodeData['direction'] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const soc = useShowable('live')?.snapshot.soc?.value;
  const floor = useStream('status')?.floorPercent;
  const percent = soc === undefined ? '–' : formats.percent(soc);
  return (
    <span className="battery-detail">
      {direction && <span>{t(`flow.${direction}`)}</span>}
      <Num>{percent}</Num>
      {soc !== undefined && (
        <span
          className="soc"
          title={floor === undefined ? percent : t('flow.floor', { f: isolate(formats.percent(floor)) })}
        >
          <i style={{ inlineSize: `${soc}%` }} />
          {floor !== undefined && <b style={{ insetInlineStart: `${floor}%` }} />}
        </span>
      )}
    </span>
  );
}

function CurtailedDetail({ curtailed }: { curtailed: boolean }) {
  const { t } = useTranslation();
  const cause = useShowable('live')?.decision.curtailmentCause;
  return curtailed && cause ? t(`cause.${cause}`) : '';
}

function MinersDetail({ drawW }: { drawW: number | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const live = useShowable('live');
  if (!live || live.decision.loads.length === 0) return '';
  const [only, ...more] = live.decision.loads;
  const apart =
    more.length === 0 &&
    drawW !== undefined &&
    only!.setpointW > 0 &&
    Math.abs(drawW - only!.setpointW) > APART * only!.setpointW;
  if (apart) return t('flow.asked', { p: isolate(formats.power(only!.setpointW)) });
  const running = live.decision.loads.some(({ setpointW }) => setpointW > 0);
  if (!running) return t('flow.off');
  return live.hashrateThs === undefined ? t('flow.running') : <Num>{formats.hashrate(live.hashrateThs)}</Num>;
}
