import { createPrivateKey, generateKeyPair, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { promisify } from 'node:util';

/** PEM texts. */
export interface Certificate {
  certificate: string;
  key: string;
}

const DAY_MS = 24 * 3_600_000;
/** What phones accept of a certificate that their owner trusts himself (Apple HT211025: 825 days). */
const VALID_MS = 820 * DAY_MS;
/** It is made anew so long before its end. */
const RENEW_MS = 30 * DAY_MS;

/** A certificate for these names and IPv4 addresses, signed by itself; the key is a new one (P-256). */
export async function makeCertificate(names: readonly string[], nowMs: number): Promise<Certificate> {
  // Needed once in two years: not at every start.
  const { AsnConvert, OctetString } = await import('@peculiar/asn1-schema');
  const x509 = await import('@peculiar/asn1-x509');
  const { publicKey, privateKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });

  const name = new x509.Name([
    new x509.RelativeDistinguishedName([
      new x509.AttributeTypeAndValue({ type: '2.5.4.3', value: new x509.AttributeValue({ utf8String: 'Spillway' }) }),
    ]),
  ]);
  const alternatives = names.map((each) =>
    isIPv4(each) ? new x509.GeneralName({ iPAddress: each }) : new x509.GeneralName({ dNSName: each }),
  );
  const extension = (extnID: string, critical: boolean, value: object) =>
    new x509.Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
  const { digitalSignature } = x509.KeyUsageFlags;
  // RFC 5758 3.2
  const ecdsaWithSha256 = new x509.AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' });
  // A positive number (RFC 5280 4.1.2.2).
  const serial = randomBytes(16);
  serial[0] = (serial[0]! & 0x3f) | 0x40;

  const body = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: new Uint8Array(serial).buffer,
    signature: ecdsaWithSha256,
    issuer: name,
    subject: name,
    // A phone's clock may be a little behind.
    validity: new x509.Validity({ notBefore: new Date(nowMs - DAY_MS), notAfter: new Date(nowMs + VALID_MS) }),
    subjectPublicKeyInfo: AsnConvert.parse(
      publicKey.export({ type: 'spki', format: 'der' }),
      x509.SubjectPublicKeyInfo,
    ),
    extensions: new x509.Extensions([
      extension(x509.id_ce_basicConstraints, true, new x509.BasicConstraints({ cA: false })),
      extension(x509.id_ce_keyUsage, true, new x509.KeyUsage(digitalSignature)),
      extension(x509.id_ce_extKeyUsage, false, new x509.ExtendedKeyUsage([x509.id_kp_serverAuth])),
      extension(x509.id_ce_subjectAltName, false, new x509.SubjectAlternativeName(alternatives)),
    ]),
  });
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(body)), privateKey);
  const whole = new x509.Certificate({
    tbsCertificate: body,
    signatureAlgorithm: ecdsaWithSha256,
    signatureValue: new Uint8Array(signature).buffer,
  });
  const certificate = new X509Certificate(Buffer.from(AsnConvert.serialize(whole))).toString();
  return { certificate, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

export interface CertificateFacts {
  /** SHA-256, as browsers show it. */
  fingerprint: string;
  validToMs: number;
  /** It ends soon, or has ended. */
  isDue: boolean;
}

export type Checked = { outcome: 'ok'; facts: CertificateFacts } | { outcome: 'refused'; message: string };

/** Whether a certificate and a key belong together and may be used now. */
export function checkCertificate({ certificate, key }: Certificate, nowMs: number): Checked {
  const refused = (message: string): Checked => ({ outcome: 'refused', message });
  let parsed: X509Certificate;
  try {
    parsed = new X509Certificate(certificate);
  } catch {
    return refused('This is no certificate in PEM form; choose the file that begins with BEGIN CERTIFICATE.');
  }
  try {
    if (!parsed.checkPrivateKey(createPrivateKey(key)))
      return refused('The key belongs to another certificate; choose the one that was made with it.');
  } catch {
    return refused(
      'This is no key in PEM form without a password; choose the file that begins with BEGIN PRIVATE KEY.',
    );
  }
  const [fromMs, validToMs] = [Date.parse(parsed.validFrom), Date.parse(parsed.validTo)];
  if (nowMs < fromMs || nowMs >= validToMs)
    return refused(`The certificate is valid from ${parsed.validFrom} to ${parsed.validTo} only; get a new one.`);
  return {
    outcome: 'ok',
    facts: { fingerprint: parsed.fingerprint256, validToMs, isDue: validToMs - nowMs < RENEW_MS },
  };
}
