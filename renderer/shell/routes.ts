import { lazy, type ComponentType } from 'react';
import {
  Activity,
  ChartArea,
  Coins,
  Router,
  Settings as SettingsIcon,
  SlidersHorizontal,
  type LucideIcon,
} from 'lucide-react';
import type { View } from './place.ts';
import { Now } from '../views/now/now.tsx';

const pick =
  <K extends string>(name: K) =>
  (module: Record<K, ComponentType>) => ({ default: module[name] });

/** Now comes with the page; every other view is loaded when it is opened. */
export const routes: Record<View, { icon: LucideIcon; component: ComponentType }> = {
  now: { icon: Activity, component: Now },
  history: { icon: ChartArea, component: lazy(() => import('../views/history/history.tsx').then(pick('History'))) },
  earnings: { icon: Coins, component: lazy(() => import('../views/earnings/earnings.tsx').then(pick('EarningsView'))) },
  devices: { icon: Router, component: lazy(() => import('../views/devices/devices.tsx').then(pick('Devices'))) },
  strategy: {
    icon: SlidersHorizontal,
    component: lazy(() => import('../views/strategy/strategy.tsx').then(pick('Strategy'))),
  },
  settings: {
    icon: SettingsIcon,
    component: lazy(() => import('../views/settings/settings.tsx').then(pick('Settings'))),
  },
};
