import { BatteryCharging, Cpu, Flame, House, Router, Sun, UtilityPole, type LucideIcon } from 'lucide-react';
import type { DeviceHealth, Role } from '#shared/device.ts';

const roleIcons: Record<Role, LucideIcon> = {
  production: Sun,
  battery: BatteryCharging,
  grid: UtilityPole,
  demand: House,
  generator: Flame,
};

export function DeviceIcon({ device: { kind, roles } }: { device: DeviceHealth }) {
  const [role] = roles;
  if (kind === 'load') return <Cpu size={20} aria-hidden />;
  const Icon = role ? roleIcons[role] : Router;
  return <Icon size={20} aria-hidden />;
}
