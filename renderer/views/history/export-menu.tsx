import { useState } from 'react';
import { Download } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useSpanTitle } from '../../periods/period-bar.tsx';
import type { Span } from '../../periods/period.ts';
import { useEngine, useStream } from '../../link/use-engine.ts';
import { tellFailure } from '../../shell/ask.ts';
import { saveBlob, saveText } from '../../shell/shell-port.ts';
import { useShortcuts } from '../../ui/use-shortcuts.ts';
import { chartPng } from '../../charts/png.ts';

/** The period as CSV, from the ledger itself, or the chart as a picture. */
export function ExportMenu({ span, hasChart }: { span: Span; hasChart: boolean }) {
  const { t } = useTranslation();
  const title = useSpanTitle();
  const engine = useEngine();
  const status = useStream('status');
  const [open, setOpen] = useState(false);

  async function csv() {
    if (!engine) return;
    const { fromMs, toMs, resolution } = span;
    const { name, text } = await engine.ledger.exportTable({ fromMs, toMs, resolution, format: 'csv' });
    await saveText(name, text);
  }
  async function png() {
    const simulated = status?.simulated ? ` · ${t('shell.simulated')}` : '';
    const blob = await chartPng(`${status?.name ?? ''} · ${title(span)}${simulated}`);
    if (blob) saveBlob(`spillway-${span.at}-${span.period}.png`, blob);
  }
  const run = (act: () => Promise<void>) =>
    act().catch((cause: unknown) => tellFailure(cause instanceof Error ? cause.message : String(cause)));

  useShortcuts({ KeyE: () => setOpen(true) });

  return (
    <MenuTrigger isOpen={open} onOpenChange={setOpen}>
      <Button className="button small">
        <Download size={16} aria-hidden />
        {t('history.export')}
      </Button>
      <Popover className="popover menu" placement="bottom end">
        <Menu
          aria-label={t('history.export')}
          disabledKeys={hasChart ? [] : ['png']}
          onAction={(key) => void run(key === 'csv' ? csv : png)}
        >
          <MenuItem id="csv" className="menu-item plain-item">
            {t('history.csv')}
          </MenuItem>
          <MenuItem id="png" className="menu-item plain-item">
            {t('history.png')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
