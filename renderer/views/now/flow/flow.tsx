import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { directionOf } from '../../../i18n/i18n.ts';
import { isolate } from '../../../i18n/isolate.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { usePreferences } from '../../../preferences/use-preferences.ts';
import { useSize } from '../../../ui/use-size.ts';
import { text } from '../shown.ts';
import { FlowNode } from './flow-node.tsx';
import { layoutFlow } from './layout.ts';
import { Picture } from './picture.tsx';
import { useFlows } from './use-flows.ts';
import { useUnexplained } from './use-unexplained.ts';

/** The live picture: each thing once, in its place, with one bar, the site, between. */
export function Flow() {
  const { t } = useTranslation();
  const formats = useFormats();
  const rtl = directionOf(usePreferences().language) === 'rtl';
  const [ref, size] = useSize<HTMLDivElement>();
  const flows = useFlows();
  const unexplainedW = useUnexplained();
  const { nodes, left, right, curtailedW, scaleW } = flows;
  const layout = useMemo(() => {
    if (size.width === 0) return undefined;
    const nodeWidth = Math.max(112, Math.min(176, size.width * 0.29));
    return layoutFlow({ ...size, nodeWidth, rtl, scaleW, left, right, curtailedW });
  }, [size, rtl, scaleW, left, right, curtailedW]);
  const say = (id: string) => {
    const node = nodes.find((each) => each.id === id);
    return isolate(node ? text(node.shown, formats.power) : '–');
  };
  return (
    <section className="card flow" aria-labelledby="flow">
      <h2 id="flow" className="visually-hidden">
        {t('now.flow')}
      </h2>
      <p className="visually-hidden">
        {t('flow.aria', {
          production: say('production'),
          demand: say('demand'),
          miners: say('miners'),
          curtailed: say('curtailed'),
          battery: say('battery'),
          grid: say('grid'),
        })}
      </p>
      <div className="flow-stage" ref={ref}>
        {layout && (
          <>
            <Picture layout={layout} {...size} nodes={nodes} />
            {nodes.map((node) => {
              const box = layout.nodes.find(({ id }) => id === node.id);
              return box && <FlowNode key={node.id} node={node} box={box} width={size.width} rtl={rtl} />;
            })}
            {unexplainedW !== undefined && (
              <p className="unexplained" style={{ top: layout.bar.y + layout.bar.height + 6 }}>
                {t('flow.unexplained', { p: isolate(formats.power(unexplainedW)) })}
              </p>
            )}
          </>
        )}
      </div>
    </section>
  );
}
