import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { type ClientCertificate, createContext } from '../../http/authorities';
import { ClientCertificateFailed } from '../../http/failures';
import { type ClientCertificateFiles, isLocalPath } from '../list/savedServer';

/** In bytes. Certificates with their chains have some thousands. */
const largestFile = 1024 * 1024;

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
      return { pfx: await contentOf(pfx), ...secret };
    }
    const [certificate, privateKey] = await Promise.all([contentOf(cert), contentOf(key ?? cert)]);
    return { pem: { cert: certificate.toString('utf8'), key: privateKey.toString('utf8') }, ...secret };
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
  const content = await contentOf(file).catch((error: unknown) => {
    throw unreadable(error);
  });
  const text = content.toString('latin1');
  if (!text.includes('-----BEGIN ')) {
    return 'pfx';
  }
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text) ? 'pem' : 'pemWithoutKey';
}

/** The path may come from another computer, through Settings Sync: devices and pipes have no end, shares are signed in to. */
async function contentOf(file = ''): Promise<Buffer> {
  if (!isLocalPath(file)) {
    throw new Error('not a file on a disk of this computer');
  }
  // A pipe is not waited for until somebody writes to it.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const facts = await handle.stat();
    if (!facts.isFile() || facts.size > largestFile) {
      throw new Error('not an ordinary file of at most 1 MiB');
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function unreadable(error: unknown): ClientCertificateFailed {
  return new ClientCertificateFailed(
    l10n.t('A client certificate file cannot be read. It must be on a disk of this computer.'),
    l10n.t('client certificate missing'),
    error,
  );
}
