import * as vscode from 'vscode';
import { type CertificateChanged, type CertificateNotTrusted, explain } from '../../http/failures';
import { hostAndPort } from '../../servers/discovery/address';
import type { NewServer } from '../../servers/list/savedServer';
import { dateTime } from '../shared/format';
import { nameIn, shortLine, withoutLinks } from '../shared/harmless';

/** Shows a certificate and asks whether it is the server's own. */
export async function confirmTrust(
  serverName: string,
  refusal: CertificateNotTrusted | CertificateChanged,
): Promise<boolean> {
  if (refusal.certificate.fingerprint === '') {
    // Without a certificate there is nothing to compare.
    await vscode.window.showErrorMessage(withoutLinks(refusal.message));
    return false;
  }
  return refusal.kind === 'certificateChanged'
    ? await confirmChange(serverName, refusal)
    : await confirmFirst(serverName, refusal);
}

/** Asks whether a script may have a certificate trusted that nobody has seen yet. */
export async function confirmGivenFingerprint({ name, url, trustedFingerprint = '' }: NewServer): Promise<boolean> {
  const trust = vscode.l10n.t('Trust This Certificate for This Server');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('A script adds {0} and names the certificate to trust. Trust it?', nameIn(name)),
    {
      modal: true,
      detail: [
        vscode.l10n.t('Server: {0}', hostAndPort(url)),
        vscode.l10n.t('SHA-256 fingerprint:'),
        trustedFingerprint,
        '',
        vscode.l10n.t(
          'Compare the fingerprint with the one shown on the server itself. From then on, only this certificate is accepted.',
        ),
      ].join('\n'),
    },
    trust,
  );
  return answer === trust;
}

async function confirmFirst(serverName: string, refusal: CertificateNotTrusted): Promise<boolean> {
  // The first button is the one that a hasty Enter presses, as the second one in a row after the address.
  const copy = vscode.l10n.t('Copy Fingerprint');
  const trust = vscode.l10n.t('Trust This Certificate for This Server');
  for (;;) {
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Trust the certificate of {0}?', nameIn(serverName, 60)),
      { modal: true, detail: detailOf(refusal).join('\n') },
      copy,
      trust,
    );
    if (answer !== copy) {
      return answer === trust;
    }
    await vscode.env.clipboard.writeText(refusal.certificate.fingerprint);
  }
}

async function confirmChange(serverName: string, refusal: CertificateChanged): Promise<boolean> {
  // The first button is the one that a hasty Enter presses.
  const copy = vscode.l10n.t('Copy Both Fingerprints');
  const trust = vscode.l10n.t('Trust the New Certificate for This Server');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Warning: the certificate of {0} has changed', nameIn(serverName, 60)),
    { modal: true, detail: detailOf(refusal).join('\n') },
    copy,
    trust,
  );
  if (answer === copy) {
    await vscode.env.clipboard.writeText(`${refusal.pinned}\n${refusal.certificate.fingerprint}`);
  }
  return answer === trust;
}

function detailOf(refusal: CertificateNotTrusted | CertificateChanged): string[] {
  const { certificate, host } = refusal;
  return [
    ...reasonOf(refusal),
    '',
    vscode.l10n.t('Server: {0}', host),
    vscode.l10n.t('Issued for: {0}', namesOf(certificate.subject)),
    ...(certificate.alternativeNames
      ? [vscode.l10n.t('Also valid for: {0}', alternativeNamesOf(certificate.alternativeNames))]
      : []),
    vscode.l10n.t('Issued by: {0}', namesOf(certificate.issuer)),
    vscode.l10n.t('Valid: {0} to {1}', dateTime(certificate.validFrom), dateTime(certificate.validTo)),
    '',
    ...(refusal.kind === 'certificateChanged'
      ? [
          vscode.l10n.t('Previously trusted SHA-256 fingerprint:'),
          ...fingerprintLines(refusal.pinned),
          '',
          vscode.l10n.t('SHA-256 fingerprint shown now:'),
        ]
      : [vscode.l10n.t('SHA-256 fingerprint:')]),
    ...fingerprintLines(certificate.fingerprint),
    ...(certificate.thumbprint
      ? [vscode.l10n.t('SHA-1 thumbprint, as Windows shows it:'), certificate.thumbprint]
      : []),
    '',
    refusal.kind === 'certificateChanged'
      ? vscode.l10n.t(
          'Continue only if you know that the certificate was replaced, and the new fingerprint matches the one shown on the server itself. Anyone intercepting the connection would see your password.',
        )
      : vscode.l10n.t(
          'Compare the fingerprint with that of the certificate on the server itself: look it up on the console of the server, or ask its administrator. From then on, only this certificate is accepted.',
        ),
  ];
}

function reasonOf(refusal: CertificateNotTrusted | CertificateChanged): string[] {
  if (refusal.kind === 'certificateChanged') {
    return [
      vscode.l10n.t(
        'This is not the certificate that you trusted. Either it was renewed, or someone is intercepting the connection. Nothing was sent to the server.',
      ),
    ];
  }
  return [
    vscode.l10n.t('This computer cannot verify it, so nothing was sent to the server:'),
    ...refusal.problems.map(problem => `• ${explain(problem)}`),
  ];
}

/** `O=b\nCN=a` as `CN=a, O=b`. */
function namesOf(distinguishedName: string): string {
  const names = distinguishedName.split('\n');
  const isCommon = (name: string) => name.startsWith('CN=');
  return shortLine([...names.filter(isCommon), ...names.filter(name => !isCommon(name))].join(', '));
}

/** `DNS:a, IP Address:b` as `a, b`. */
function alternativeNamesOf(names: string): string {
  return shortLine(names.replaceAll(/(?:DNS|IP Address):/g, ''));
}

/** Two lines of sixteen pairs: people compare fingerprints by eye. */
function fingerprintLines(fingerprint: string): string[] {
  return [fingerprint.slice(0, 48), fingerprint.slice(48)];
}
