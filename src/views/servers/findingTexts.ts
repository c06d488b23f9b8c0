import * as vscode from 'vscode';
import type { Failure } from '../../base/failure';
import { products } from '../../products/registry';
import { type Address, hostAndPort } from '../../servers/discovery/address';
import type { Finding } from '../../servers/discovery/discovery';
import { versionName } from '../../servers/list/savedServer';
import { plain } from '../shared/harmless';

// What was found at an address, in words.

/** To choose from. */
export function findingItem(finding: Finding): vscode.QuickPickItem {
  const description = hostAndPort(finding.origin);
  switch (finding.kind) {
    case 'found':
      return {
        label: finding.name,
        description,
        detail: vscode.l10n.t(
          'API {0}',
          finding.apiVersions.map(apiVersion => versionName({ ...finding, apiVersion })).join(', '),
        ),
      };
    case 'unsupported':
      return { label: `$(circle-slash) ${finding.name}`, description, detail: vscode.l10n.t('Not supported yet') };
    case 'untrusted':
      return {
        label: `$(shield) ${usualName(finding.origin)}`,
        description,
        detail: vscode.l10n.t(
          'Not queried yet because its certificate is not trusted. Select it to see the certificate.',
        ),
      };
    default:
      return { label: description };
  }
}

/** Who most likely answers, going by the port alone. */
function usualName(origin: string): string {
  const port = Number(new URL(origin).port);
  const owner = products.find(({ defaultPort }) => defaultPort === port);
  return owner ? vscode.l10n.t('Probably {0}', owner.name) : vscode.l10n.t('Unknown');
}

/** Why there is nothing to go on with, as one sentence or two. */
export function explainNothing(address: Address | undefined, findings: readonly Finding[]): string {
  const named = findings.flatMap(finding => {
    switch (finding.kind) {
      case 'unsupported':
        if (finding.speaks.length === 0) {
          return vscode.l10n.t(
            '{0} is {1}, but does not report its API version.',
            hostAndPort(finding.origin),
            finding.name,
          );
        }
        return vscode.l10n.t(
          '{0} is {1} with API {2}, a version that is not supported.',
          hostAndPort(finding.origin),
          finding.name,
          plain(finding.speaks.join(', ')),
        );
      case 'stranger':
        return vscode.l10n.t(
          '{0} answers, but not like a supported product. Is it the right port?',
          hostAndPort(finding.origin),
        );
      default:
        return [];
    }
  });
  if (named.length > 0) {
    return named.join(' ');
  }
  const failures = findings.flatMap(finding => (finding.kind === 'failed' ? [finding] : []));
  const [plainHttp] = failures.flatMap(({ origin, failure }) => plainHttpAt(origin, failure) ?? []);
  if (plainHttp) {
    return vscode.l10n.t(
      '{0} seems to answer on port {1} without encryption, which is obsolete and not supported. Its encrypted port, usually {2}, does not answer.',
      plainHttp.product.shortName,
      String(plainHttp.port),
      String(plainHttp.product.defaultPort),
    );
  }
  const answered = failures.filter(({ failure }) => ['serverFailed', 'throttled', 'redirected'].includes(failure.kind));
  if (answered.length > 0) {
    return answered.map(({ failure }) => failure.message).join(' ');
  }
  const [first] = failures;
  if (!first || failures.length === 1) {
    return first?.failure.message ?? vscode.l10n.t('Nothing answers there.');
  }
  const host = address?.hostName ?? hostAndPort(first.origin);
  if (failures.every(({ failure }) => /ENOTFOUND|EAI_AGAIN/.test(failure.detail ?? ''))) {
    return vscode.l10n.t('The name {0} could not be resolved.', host);
  }
  return vscode.l10n.t(
    '{0} does not answer on the usual ports {1} ({2}). Add the port if it uses another one.',
    host,
    failures.map(({ origin }) => new URL(origin).port).join(', '),
    [...new Set(failures.map(({ failure }) => failure.short))].join(', '),
  );
}

/** The product that seems to answer without encryption, on one of its obsolete ports. */
function plainHttpAt(origin: string, { kind, detail = '' }: Failure) {
  const port = Number(new URL(origin).port);
  const product = products.find(({ obsoletePorts }) => obsoletePorts?.includes(port));
  return product && kind === 'unreachable' && /EPROTO|ERR_SSL/.test(detail) ? { product, port } : undefined;
}
