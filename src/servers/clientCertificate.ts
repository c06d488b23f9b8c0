import { readFile } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { type ClientCertificate, createContext } from '../http/authorities';
import { ClientCertificateFailed } from '../http/failure';
import type { ClientCertificateFiles } from './savedServer';

/**
 * The client certificate in the files that the user named.
 * @throws {ClientCertificateFailed} if one of them cannot be read
 */
export async function readClientCertificate(
  { pfx, cert, key }: ClientCertificateFiles,
  passphrase: string | undefined,
): Promise<ClientCertificate> {
  try {
    const secret = passphrase === undefined ? {} : { passphrase };
    if (pfx !== undefined) {
      return { pfx: await readFile(pfx), ...secret };
    }
    const [certText, keyText] = await Promise.all([readFile(cert ?? '', 'utf8'), readFile(key ?? cert ?? '', 'utf8')]);
    return { pem: { cert: certText, key: keyText }, ...secret };
  } catch (error) {
    throw unreadable(error);
  }
}

/**
 * Finds out whether a certificate can be shown to a server, before it is saved.
 * @throws {WrongPassphrase} if it has to be opened with another passphrase
 * @throws {ClientCertificateFailed} if it cannot be used
 */
export async function checkClientCertificate(
  files: ClientCertificateFiles,
  passphrase: string | undefined,
): Promise<void> {
  createContext({}, await readClientCertificate(files, passphrase));
}

/**
 * What is in the file that the user chose. A PEM certificate without its key needs another file.
 * @throws {ClientCertificateFailed} if it cannot be read
 */
export async function kindOfCertificateFile(file: string): Promise<'pfx' | 'pem' | 'pemWithoutKey'> {
  // Names do not tell: `.crt` and `.pem` are used for anything.
  const text = await readFile(file, 'latin1').catch((error: unknown) => {
    throw unreadable(error);
  });
  if (!text.includes('-----BEGIN ')) {
    return 'pfx';
  }
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text) ? 'pem' : 'pemWithoutKey';
}

function unreadable(error: unknown): ClientCertificateFailed {
  return new ClientCertificateFailed(
    l10n.t('A file of the client certificate cannot be read.'),
    l10n.t('client certificate missing'),
    error,
  );
}
