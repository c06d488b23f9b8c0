import type { createTransport } from '../../http/transport';
import type { loadProduct } from '../../products/loadProduct';
import type { recognize } from '../../products/recognize';

/** What it takes to speak to any server. */
export interface Requests {
  readonly createTransport: typeof createTransport;
  readonly loadProduct: typeof loadProduct;
  readonly recognize: typeof recognize;
}
