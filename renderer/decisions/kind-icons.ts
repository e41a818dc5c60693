import { ArrowDown, ArrowUp, Info, Play, ShieldAlert, Square, type LucideIcon } from 'lucide-react';
import type { DecisionMark } from '#shared/ledger.ts';

export const kindIcons: Record<DecisionMark['kind'], LucideIcon> = {
  start: Play,
  raise: ArrowUp,
  lower: ArrowDown,
  stop: Square,
  guard: ShieldAlert,
  note: Info,
};
