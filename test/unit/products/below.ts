import type { Item } from '../../../src/items/item';
import type { Api, Page, Product } from '../../../src/products/product';
import { never } from '../never';

/** What is below the server of a product, and then below items of these names, one below the other: all pages as one. */
export async function allBelowServer(product: Product, api: Api, path: readonly string[]): Promise<Page> {
  const server = { id: 's', name: 's', hasChildren: true, product: product.info.id, url: '' };
  let page = await allBelow(product, api, { kind: 'server', ...server });
  for (const name of path) {
    const next = page.items.find(each => each.name === name);
    if (!next) {
      throw new Error(`no ${name} among ${page.items.map(each => each.name).join(', ')}`);
    }
    page = await allBelow(product, api, next);
  }
  return page;
}

/** What is below an item: all pages as one, with what the last one says of the list. */
export async function allBelow(product: Product, api: Api, item: Item): Promise<Page> {
  const items: Item[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await product.children(api, item, cursor, never);
    items.push(...page.items);
    cursor = page.next;
    if (cursor === undefined) {
      return { ...page, items };
    }
  }
}
