import { expect, test, vi } from 'vitest';
import type { IncompletePlace } from '../../../../api';
import { Inventory } from '../../../../src/inventory/inventory';
import { Throttled } from '../../../../src/products/failures';
import { PublicApi } from '../../../../src/views/programs/publicApi';
import { serverOf, tenant } from '../../items';
import { KeptLog } from '../../support';

vi.mock('vscode', () => import('../vscode'));

const host = 'em.example.com:9398';
const sentence = `${host} is limiting requests. Try again in a minute.`;

type Kind = 'good' | 'odd' | 'down';

/** Servers that have a tenant, one that could not be read, or none as they do not answer. */
function api(...servers: readonly Kind[]): PublicApi {
  const inventory = new Inventory(
    {
      children: async id => {
        if (id.startsWith('down')) {
          throw new Throttled(host, undefined);
        }
        const unreadable = id.startsWith('odd') ? { count: 1, came: ['0: null'] } : undefined;
        return { items: [tenant('Northwind', { hasChildren: false })], unreadable };
      },
    },
    new KeptLog(),
  );
  inventory.setServers(servers.map((id, index) => serverOf(`${id}${index}`)));
  return new PublicApi(inventory);
}

async function find(query: string, ...servers: readonly Kind[]) {
  const places: IncompletePlace[] = [];
  const onIncomplete = (all: readonly IncompletePlace[]) => void places.push(...all);
  const found = await api(...servers).findItems(query, { load: true, onIncomplete });
  return { found: found.map(({ key }) => key), places };
}

test('what could not be looked at is told beside what was found', async () => {
  expect(await find('northwind', 'good', 'odd', 'down')).toEqual({
    found: ['good0/tenant:Northwind', 'odd1/tenant:Northwind'],
    places: [
      { key: 'down2', message: sentence },
      { key: 'odd1', message: '1 item could not be read' },
    ],
  });
  expect(await find('contoso', 'down')).toEqual({ found: [], places: [{ key: 'down0', message: sentence }] });
  expect(await find('northwind', 'good')).toEqual({ found: ['good0/tenant:Northwind'], places: [] });
});

test('nothing is found only where everything was looked at', async () => {
  await expect(api('good', 'down').findItems('contoso', { load: true })).rejects.toThrow(sentence);
  await expect(api('odd').findItems('contoso', { load: true })).rejects.toThrow('1 item could not be read');
  expect(await api('good').findItems('contoso', { load: true })).toEqual([]);
  expect(await api('good', 'down').findItems('northwind', { load: true })).toHaveLength(1);
  // Without a request, only what is loaded counts.
  expect(await api('down').findItems('contoso')).toEqual([]);
});
