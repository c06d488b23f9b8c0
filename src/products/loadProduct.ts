import type { Product } from './product';
import { products } from './registry';

/**
 * The implementation of a product of the registry.
 * @throws {RangeError} if the registry has no such product
 */
export async function loadProduct(id: string): Promise<Product> {
  if (!products.some(product => product.id === id)) {
    throw new RangeError(`no such product: ${id}`);
  }
  // The bundler takes every folder that matches into `dist/network.js`: a product needs no second registration.
  const module: { product: Product } = await import(`./${id}/index.ts`);
  return module.product;
}
