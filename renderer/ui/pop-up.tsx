import { Suspense, useRef, useState, type ComponentProps, type ReactNode, type RefObject } from 'react';
import { lazyPart } from './lazy-part.ts';

// Overlays and their library come when the first is opened: the first figure needs none.
const PopOver = lazyPart(() => import('./pop-over.tsx').then((part) => part.PopOver));

/** What an overlay needs to stand at its button and to be closed by Escape or a press beside it. */
export interface OverlayProps {
  triggerRef: RefObject<HTMLButtonElement | null>;
  isOpen: true;
  onOpenChange: (open: boolean) => void;
}

interface ButtonProps extends ComponentProps<'button'> {
  opens: 'menu' | 'dialog';
  overlay: (props: OverlayProps) => ReactNode;
}

/** A button that opens what `overlay` draws. */
export function PopUpButton({ opens, overlay, ...button }: ButtonProps) {
  const triggerRef = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        {...button}
        ref={triggerRef}
        aria-haspopup={opens}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      />
      {isOpen && <Suspense fallback={null}>{overlay({ triggerRef, isOpen, onOpenChange: setOpen })}</Suspense>}
    </>
  );
}

interface PopUpProps extends ComponentProps<'button'> {
  /** Names the dialog. */
  label: string;
  placement: 'top' | 'bottom end';
  face: ReactNode;
}

/** A button that opens its children as a dialog beside itself. */
export function PopUp({ label, placement, face, children, ...button }: PopUpProps) {
  return (
    <PopUpButton
      {...button}
      opens="dialog"
      overlay={(props) => (
        <PopOver {...props} label={label} placement={placement}>
          {children}
        </PopOver>
      )}
    >
      {face}
    </PopUpButton>
  );
}
