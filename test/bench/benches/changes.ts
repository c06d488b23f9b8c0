import { performance } from 'node:perf_hooks';
import { compare } from '../../../src/changes/compare';
import { readSavedList } from '../../../src/changes/savedList';
import { Inventory } from '../../../src/inventory/inventory';
import type { Item } from '../../../src/items/item';
import { readPresent } from '../../../src/views/changes/presentState';
import { updatedPieces } from '../../../src/views/changes/updatedList';
import { encoded, piecesOf } from '../../../src/views/export/exportContent';
import { ExportScope } from '../../../src/views/export/exportScope';
import { type Bench, median } from '../measurement';
import { numberOfSubtenants, subtenants } from '../subtenants';
import { Watch } from '../watch';

const { signal } = new AbortController();

/** An exported list of 100,000 subtenants, compared with the servers. */
export const bench: Bench = {
  async run() {
    const inventory = await inventoryOfReadItems();
    const text = await exportedText(inventory);
    const tenth = await exportedText(inventory, 1);
    const times: number[] = [];
    const ofTenth: number[] = [];
    let longest = 0;
    let longestOfProcessor = 0;
    for (let round = 0; round < 5; round++) {
      ofTenth.push(await timeOf(inventory, tenth));
      const watch = new Watch();
      times.push(await timeOf(inventory, text));
      watch.end();
      longest = Math.max(longest, watch.longest);
      longestOfProcessor = Math.max(longestOfProcessor, watch.longestOfProcessor);
    }
    return [
      {
        what: `a list of ${numberOfSubtenants.toLocaleString('en')} items compared and brought up to date`,
        unit: 'ms',
        value: median(times),
        floor: { what: 'ten times that of a list with a tenth of them', value: 10 * median(ofTenth) },
        target: 'compareLists',
      },
      {
        what: 'longest block meanwhile, of processor time',
        unit: 'ms',
        value: Number.isNaN(longestOfProcessor) ? longest : longestOfProcessor,
        target: 'longestBlock',
        note: `${Math.round(longest)} ms by the clock, other processes included`,
      },
    ];
  },
};

/** From the text of the file to the text that takes its place. */
async function timeOf(inventory: Inventory, text: string): Promise<number> {
  const start = performance.now();
  const saved = await readSavedList(text, signal);
  const records = saved.rows.map(({ record }) => record);
  const present = await readPresent(inventory, records, signal, () => undefined);
  const comparison = present && (await compare(records, present, { usedPercent: 10 }));
  if (!comparison || comparison.changes.length !== Math.ceil(records.length / 100)) {
    throw new Error(`${comparison?.changes.length} changes of ${records.length} rows`);
  }
  await encoded(updatedPieces(saved, present, comparison), signal);
  return performance.now() - start;
}

/** Its source has read everything already: what a server and its client take is measured elsewhere. */
async function inventoryOfReadItems(): Promise<Inventory> {
  const families = await subtenants();
  const tenants = families.map(
    (_, index): Item => ({
      kind: 'tenant',
      id: String(index),
      name: `Tenant ${index}`,
      hasChildren: true,
      hasSubtenants: true,
      resources: [],
    }),
  );
  const children = async (_server: string, { kind, id }: Item) => ({
    items: kind === 'server' ? tenants : (families[Number(id)] ?? []),
  });
  const inventory = new Inventory({ children }, { error: console.error });
  const url = 'https://em.example.com:9398';
  inventory.setServers([
    { kind: 'server', id: 's', name: 'em', hasChildren: true, product: 'enterprise-manager', url },
  ]);
  await new ExportScope(inventory.servers).load(inventory, signal, () => undefined);
  return inventory;
}

/** A hundredth of it with another name than on the server. */
async function exportedText(inventory: Inventory, tenants?: number): Promise<string> {
  const nodes = (inventory.servers[0]?.branch?.nodes ?? []).slice(0, tenants);
  const rows = await new ExportScope(nodes).rows([]);
  let number = 0;
  const pieces = [...piecesOf('json', rows)].map(piece =>
    number++ % 100 === 0 ? piece.replace('"name": "', '"name": "old ') : piece,
  );
  return Buffer.from((await encoded(pieces, signal)) ?? []).toString('utf8');
}
