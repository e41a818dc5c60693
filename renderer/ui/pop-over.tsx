import type { ReactNode } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import type { OverlayProps } from './pop-up.tsx';

interface Props extends OverlayProps {
  label: string;
  placement: 'top' | 'bottom end';
  children: ReactNode;
}

/** A dialog beside the button that opened it. */
export function PopOver({ label, children, ...overlay }: Props) {
  return (
    <Popover className="popover" {...overlay}>
      <Dialog aria-label={label}>{children}</Dialog>
    </Popover>
  );
}
