import * as vscode from 'vscode';
import type { CertificateChanged, CertificateNotTrusted } from '../http/failure';
import { oneLine } from '../http/text';
import { dateTime } from './format';

/** Shows a certificate and asks whether it is the server's own. */
export async function confirmTrust(
  serverName: string,
  refusal: CertificateNotTrusted | CertificateChanged,
): Promise<boolean> {
  const { certificate, host } = refusal;
  const trust = vscode.l10n.t('Trust This Certificate for This Server');
  const answer = await vscode.window.showWarningMessage(
    refusal.kind === 'certificateChanged'
      ? vscode.l10n.t('The certificate of {0} has changed', oneLine(serverName))
      : vscode.l10n.t('Trust the certificate of {0}?', oneLine(serverName)),
    {
      modal: true,
      detail: [
        refusal.message,
        '',
        `${vscode.l10n.t('Server')}: ${host}`,
        `${vscode.l10n.t('Issued for')}: ${namesOf(certificate.subject)}`,
        certificate.alternativeNames && `${vscode.l10n.t('Also for')}: ${oneLine(certificate.alternativeNames)}`,
        `${vscode.l10n.t('Issued by')}: ${namesOf(certificate.issuer)}`,
        `${vscode.l10n.t('Valid')}: ${dateTime(certificate.validFrom)} – ${dateTime(certificate.validTo)}`,
        '',
        `${vscode.l10n.t('SHA-256 fingerprint')}:`,
        ...fingerprintLines(certificate.fingerprint),
        ...(refusal.kind === 'certificateChanged'
          ? ['', `${vscode.l10n.t('Trusted until now')}:`, ...fingerprintLines(refusal.pinned)]
          : []),
        '',
        vscode.l10n.t(
          'Compare the fingerprint with the one shown on the server. Only this certificate will be accepted.',
        ),
      ]
        .filter(line => line !== undefined)
        .join('\n'),
    },
    trust,
  );
  return answer === trust;
}

/** `CN=a\nO=b` as `CN=a, O=b`. */
function namesOf(distinguishedName: string): string {
  return oneLine(distinguishedName.replaceAll('\n', ', '));
}

/** Two lines of sixteen pairs: people compare fingerprints by eye. */
function fingerprintLines(fingerprint: string): string[] {
  return [fingerprint.slice(0, 48), fingerprint.slice(48)];
}
