import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccessState } from '#shared/contract/access.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useAsk } from '../../../shell/ask.ts';

/** What a phone compares at the first visit, and the owner's own certificate in the place of ours. */
export function CertificateFields({ certificate }: { certificate: NonNullable<AccessState['certificate']> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ask = useAsk();
  const [files, setFiles] = useState<{ certificate?: File | undefined; key?: File | undefined }>({});
  const { kind, fingerprint, validToMs } = certificate;

  async function use(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    if (!files.certificate || !files.key) return;
    const [text, key] = await Promise.all([files.certificate.text(), files.key.text()]);
    if (!(await ask((engine) => engine.access.useCertificate({ certificate: text, key })))) return;
    form.reset();
    setFiles({});
  }

  return (
    <details className="network-certificate">
      <summary>{t('network.certificate')}</summary>
      <p>{t(kind === 'made' ? 'network.certificateMade' : 'network.certificateOwn')}</p>
      <p>
        {t('network.fingerprint')}{' '}
        <bdi dir="ltr">
          <code>{fingerprint}</code>
        </bdi>
      </p>
      <p className="muted">{t('network.validTo', { d: formats.date(validToMs) })}</p>
      <form className="network-password" onSubmit={(event) => void use(event)}>
        <label className="field">
          <span>{t('network.certificateFile')}</span>
          <input
            type="file"
            accept=".pem,.crt,.cer"
            onChange={(event) => setFiles({ ...files, certificate: event.target.files?.[0] })}
          />
        </label>
        <label className="field">
          <span>{t('network.keyFile')}</span>
          <input
            type="file"
            accept=".pem,.key"
            onChange={(event) => setFiles({ ...files, key: event.target.files?.[0] })}
          />
        </label>
        <button type="submit" className="button" disabled={!files.certificate || !files.key}>
          {t('network.useCertificate')}
        </button>
      </form>
      <button type="button" className="button" onClick={() => void ask((engine) => engine.access.makeCertificate({}))}>
        {t('network.makeCertificate')}
      </button>
    </details>
  );
}
