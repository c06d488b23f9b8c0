import { enterpriseManager } from './enterprise-manager/info';
import type { ProductInfo } from './product';
import { vb365 } from './vb365/info';

/**
 * The registry: a product is one folder beside this file and one entry here. The folder's `info.ts` says what is shown
 * before a request is made; its `index.ts` exports the {@link Product} as `product` and is part of the second output file.
 */
export const products: readonly ProductInfo[] = [vb365, enterpriseManager];
