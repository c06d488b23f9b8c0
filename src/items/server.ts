import * as l10n from '@vscode/l10n';
import type { Facts } from './fact';
import type { Common } from './item';
import type { Kind } from './kind';

/** A connected server; `id` is this extension's own. */
export interface Server extends Common {
  readonly kind: 'server';
  readonly product: string;
  readonly url: string;
  readonly userName?: string | undefined;
  /** The version of the product, once the server reported it. */
  readonly version?: string | undefined;
  readonly apiVersion?: string | undefined;
  /** When the certificate that the server showed last expires, as an ISO date. */
  readonly certificateExpires?: string | undefined;
  /** The id of the folder that the user has put it in. */
  readonly folder?: string | undefined;
  readonly label?: Label | undefined;
}

/** A mark of the user's own on a server. */
export interface Label {
  readonly text?: string | undefined;
  readonly color?: LabelColor | undefined;
}

/** The colours of labels. They are saved with the servers, so none of them changes. */
export type LabelColor = 'red' | 'orange' | 'yellow' | 'green' | 'blue' | 'purple';

export const server: Kind<Server> = {
  name: () => l10n.t('Server'),
  prefix: 'v',
  icon: ({ product, label }, words) => ({ name: words.product(product)?.icon ?? 'question', color: label?.color }),
  beside: ({ product, version, apiVersion, certificateExpires }, words) => {
    const info = words.product(product);
    return info
      ? [
          words.expiry(certificateExpires),
          version ? `${info.shortName} ${words.line(version)}` : info.shortName,
          apiVersion && `API ${apiVersion}`,
        ]
      : [l10n.t('product not supported by this version')];
  },
  asServerGives: true,
};

export const serverFacts: Facts<Server> = {
  facts: {
    label: { form: 'shown', label: () => l10n.t('Label'), instead: item => labelOf(item) },
    product: {
      form: 'shown',
      label: () => l10n.t('Product'),
      instead: ({ product }, words) => words.product(product)?.name ?? product,
    },
    url: { form: 'text', label: () => l10n.t('Address') },
    userName: { form: 'shown', label: () => l10n.t('User'), instead: ({ userName }) => userName },
    version: { form: 'text', label: () => l10n.t('Version') },
    apiVersion: { form: 'text', label: () => l10n.t('API version') },
    certificateExpires: {
      form: 'text',
      label: () => l10n.t('Certificate'),
      // Told only while there is a warning.
      instead: ({ certificateExpires }, words) =>
        words.expiry(certificateExpires)
          ? l10n.t('expires {0}; renew it', words.dateTime(certificateExpires ?? ''))
          : '',
    },
  },
};

function labelOf({ label }: Server): string | undefined {
  const color = label?.color && colorName(label.color);
  return label?.text && color ? `${label.text} (${color})` : (label?.text ?? color);
}

/** The name of a colour for people. */
export function colorName(color: LabelColor): string {
  switch (color) {
    case 'red':
      return l10n.t('red');
    case 'orange':
      return l10n.t('orange');
    case 'yellow':
      return l10n.t('yellow');
    case 'green':
      return l10n.t('green');
    case 'blue':
      return l10n.t('blue');
    case 'purple':
      return l10n.t('purple');
  }
}
