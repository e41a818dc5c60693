import { useTranslation } from 'react-i18next';
import type { Reason } from '#shared/control.ts';
import { UNKNOWN } from './formats.ts';
import { isolate } from './isolate.ts';
import { useDurations } from './use-durations.ts';
import { useFormats } from './use-formats.ts';

/** The sentence of a reason, in two parts, with its numbers; a missing number is a dash. */
export function useReasonText(): (reason: Reason, nowMs: number) => { head: string; rest: string } {
  const { t } = useTranslation();
  const formats = useFormats();
  const duration = useDurations();
  return (reason, nowMs) => {
    const show = (value: number | undefined, format: (value: number) => string) =>
      isolate(value === undefined ? UNKNOWN : format(value));
    const values = {
      p: show(reason.powerW, formats.power),
      s: show(reason.surplusW, formats.power),
      r: show(reason.reserveW, formats.power),
      m: show(reason.neededW, formats.power),
      b: show(reason.socPercent, formats.percent),
      f: show(reason.limitPercent, formats.percent),
      x: show(reason.costPerKwh, formats.pricePerKwh),
      y: show(reason.valuePerKwh, formats.pricePerKwh),
      c: show(reason.temperatureC, (value) => formats.quantity(value, '°C')),
      u: show(reason.untilMs, formats.time),
      t:
        reason.untilMs === undefined
          ? show(reason.sinceMs, (sinceMs) => duration(nowMs - sinceMs))
          : isolate(formats.countdown(reason.untilMs - nowMs)),
      n: reason.subject ?? UNKNOWN,
    };
    return { head: t(`reason.${reason.id}.head`, values), rest: t(`reason.${reason.id}.rest`, values) };
  };
}
