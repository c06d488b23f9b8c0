import { expect, test } from 'vitest';
import { oneLine } from '../../../src/base/text';
import { Inventory } from '../../../src/inventory/inventory';
import { plainItem } from '../../../src/inventory/plainItem';
import { Node } from '../../../src/inventory/tree/node';
import { reportOf } from '../../../src/report/compile';
import { serverOf, tenant } from '../items';
import { KeptLog } from '../support';

// Characters that no line shows, as identifiers of directories have them.
const odd = 'soft\u00adhyphen\u200djoined';

test('an ID is told to the letter wherever it stands in an item', () => {
  const item = tenant(odd, { urn: `urn:x:${odd}`, resources: [{ id: odd, name: 'So\u00adft', repositoryUrn: odd }] });
  expect(plainItem(new Node(undefined, item), { text: raw => oneLine(raw) })).toMatchObject({
    id: odd,
    name: oneLine(odd),
    facts: { urn: `urn:x:${odd}`, resources: [{ id: odd, name: 'So ft', repositoryUrn: odd }] },
  });
});

test('the report has IDs to the letter', async () => {
  const inventory = new Inventory({ children: async () => ({ items: [tenant(odd)] }) }, new KeptLog());
  inventory.setServers([serverOf('em')]);
  const [server] = inventory.servers as [Node];
  inventory.childrenOf(server);
  await inventory.settled(server);
  const { rows } = await reportOf(inventory.servers, { isLoading: () => false, notBefore: 0 });
  expect(rows.map(({ id }) => id)).toEqual([odd]);
});
