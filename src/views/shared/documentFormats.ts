import type { Node } from '../../inventory/tree/node';
import { hasId } from '../../items/item';
import type { DocumentFormat } from '../../products/product';
import { productOf } from '../../servers/list/savedServer';

/** In which an item can be read as its server gives it, as far as that is known without asking. */
export function documentFormats({ item, root }: Node): readonly DocumentFormat[] {
  return hasId(item) && root.item.kind === 'server' ? (productOf(root.item)?.formats ?? []) : [];
}
