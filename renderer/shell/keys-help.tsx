import { Fragment } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { X } from 'lucide-react';

const mac = navigator.platform.startsWith('Mac');
const mod = mac ? '⌘' : 'Ctrl';

/** Keys beside what they do; the same in every language, since they go by their place. */
const keys = [
  ['views', [`${mod} 1 … 7`]],
  ['stop', [`${mod} .`]],
  ['mode', [`${mod} Shift M`]],
  ['time', ['[', ']']],
  ['today', ['T']],
  ['table', ['G']],
  ['compare', ['C']],
  ['export', ['E']],
  ['amounts', ['H']],
  ['cursor', ['←', '→', 'Page', 'Home', 'End']],
  ['zoom', ['Ctrl + wheel', 'Esc']],
  ['region', ['F6']],
  ['help', ['?']],
] as const;

/** Every key at a glance. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="sheet">
        <Dialog className="keys-help">
          <header>
            <Heading slot="title">{t('keys.title')}</Heading>
            <button type="button" className="button plain small" aria-label={t('shell.dismiss')} onClick={onClose}>
              <X size={18} aria-hidden />
            </button>
          </header>
          <dl>
            {keys.map(([act, strokes]) => (
              <Fragment key={act}>
                <dt>{t(`keys.${act}`)}</dt>
                <dd dir="ltr">
                  {strokes.map((stroke) => (
                    <kbd key={stroke}>{stroke}</kbd>
                  ))}
                </dd>
              </Fragment>
            ))}
          </dl>
          <p className="muted">{t('keys.letters')}</p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
