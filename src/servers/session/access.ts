import type { Transport } from '../../http/request';
import type { Product } from '../../products/product';

/** What it takes to speak to the server. */
export interface Access {
  readonly product: Product;
  readonly http: Transport;
  readonly apiVersion: string;
}

/** The server serves another version of the API than the one that a request was made for. */
export class VersionReplaced extends Error {}
