import 'reflect-metadata';
import { createHash, createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

export interface Certificate {
  /** PEM */
  readonly cert: string;
  /** PEM, PKCS #8 */
  readonly key: string;
  /** SHA-256, "AA:BB:..." */
  readonly fingerprint: string;
}

export interface CertificateOptions {
  commonName?: string;
  altNames?: string[];
  notBefore?: Date;
  notAfter?: Date;
  /** Signs the new certificate; without it the certificate signs itself. */
  issuer?: Certificate;
  ca?: boolean;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 24 * 60 * 60 * 1000;

export async function createCertificate(options: CertificateOptions = {}): Promise<Certificate> {
  const {
    commonName = 'sample-server.example.com',
    altNames = ['127.0.0.1', 'localhost', '::1'],
    ca = false,
  } = options;
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const notBefore = options.notBefore ?? new Date(Date.now() - DAY);
  const notAfter = options.notAfter ?? new Date(Math.max(notBefore.getTime(), Date.now()) + 365 * DAY);
  const extensions: x509.Extension[] = [
    new x509.BasicConstraintsExtension(ca, undefined, true),
    new x509.KeyUsagesExtension(
      ca ? x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign : x509.KeyUsageFlags.digitalSignature,
      true,
    ),
  ];
  if (!ca) {
    extensions.push(new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]));
    if (altNames.length > 0) {
      extensions.push(
        new x509.SubjectAlternativeNameExtension(
          altNames.map(value => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
        ),
      );
    }
  }
  const subject = [{ CN: [commonName] }];
  const issuer = options.issuer && new x509.X509Certificate(options.issuer.cert);
  const certificate = await x509.X509CertificateGenerator.create(
    {
      subject,
      issuer: issuer?.subject ?? subject,
      notBefore,
      notAfter,
      publicKey: keys.publicKey,
      signingKey: options.issuer ? await importKey(options.issuer.key) : keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions,
    },
    // The type it asks for is the browser's, which Node's types declare only together with those of the DOM.
    webcrypto as unknown as Parameters<typeof x509.X509CertificateGenerator.create>[1],
  );
  const cert = certificate.toString('pem');
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' });
  return { cert, key: key.toString(), fingerprint: fingerprintOf(cert) };
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' });
  return webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
}

function fingerprintOf(pem: string): string {
  const digest = createHash('sha256').update(new X509Certificate(pem).raw).digest('hex').toUpperCase();
  return (digest.match(/../g) ?? []).join(':');
}
