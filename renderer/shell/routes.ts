import type { ComponentType } from 'react';
import {
  Activity,
  Calculator,
  ChartArea,
  Coins,
  Router,
  Settings as SettingsIcon,
  SlidersHorizontal,
  type LucideIcon,
} from 'lucide-react';
import type { View } from '#shared/views.ts';
import { lazyPart } from '../ui/lazy-part.ts';
import { Now } from '../views/now/now.tsx';

/** Now comes with the page; every other view is loaded when it is opened. */
export const routes: Record<View, { icon: LucideIcon; component: ComponentType }> = {
  now: { icon: Activity, component: Now },
  history: {
    icon: ChartArea,
    component: lazyPart(() => import('../views/history/history.tsx').then((part) => part.History)),
  },
  earnings: {
    icon: Coins,
    component: lazyPart(() => import('../views/earnings/earnings.tsx').then((part) => part.EarningsView)),
  },
  devices: {
    icon: Router,
    component: lazyPart(() => import('../views/devices/devices.tsx').then((part) => part.Devices)),
  },
  strategy: {
    icon: SlidersHorizontal,
    component: lazyPart(() => import('../views/strategy/strategy.tsx').then((part) => part.Strategy)),
  },
  planner: {
    icon: Calculator,
    component: lazyPart(() => import('../views/planner/planner.tsx').then((part) => part.Planner)),
  },
  settings: {
    icon: SettingsIcon,
    component: lazyPart(() => import('../views/settings/settings.tsx').then((part) => part.Settings)),
  },
};
