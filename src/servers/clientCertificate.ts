import { readFile } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import type { ClientCertificate } from '../http/authorities';
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
    throw new ClientCertificateFailed(
      l10n.t('A file of the client certificate cannot be read.'),
      l10n.t('client certificate missing'),
      error,
    );
  }
}
