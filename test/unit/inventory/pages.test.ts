import { beforeEach, describe, expect, test } from 'vitest';
import { Inventory } from '../../../src/inventory/inventory';
import type { Node } from '../../../src/inventory/tree/node';
import { Throttled } from '../../../src/products/failures';
import { serverOf } from '../items';
import { never } from '../never';
import { KeptLog, labels, named } from '../support';
import { Questions, tenants } from './questions';

let source: Questions;
let inventory: Inventory;
let log: KeptLog;
let changes: (string | undefined)[];
let server: Node;

beforeEach(() => {
  source = new Questions();
  log = new KeptLog();
  inventory = new Inventory(source, log);
  inventory.setServers([serverOf('one')]);
  changes = [];
  inventory.onDidChange.listen(node => changes.push(node?.key));
  server = named(inventory.servers, 'one');
});

describe('pages', () => {
  test('are shown as they come, up to a thousand rows, then on demand', async () => {
    inventory.childrenOf(server);
    await source.isAsked(1);
    source.last.answer({ items: tenants(0, 600), next: '600', total: 1700 });
    await source.isAsked(2);
    expect(source.last.cursor).toBe('600');
    expect(labels(inventory.childrenOf(server)).at(-1)).toBe('(loading)');
    expect(inventory.childrenOf(server)).toHaveLength(601);
    source.last.answer({ items: tenants(600, 600), next: '1200', total: 1700 });
    await inventory.settled(server);
    expect(labels(inventory.childrenOf(server)).at(-1)).toBe('(more)');
    const more = inventory.complete(server, never);
    await source.isAsked(3);
    source.last.answer({ items: tenants(1200, 500), total: 1700 });
    await more;
    expect(inventory.childrenOf(server)).toHaveLength(1700);
    expect(labels(inventory.childrenOf(server)).at(-1)).toBe('t1699');
  });

  test('of a load that is cancelled stay, and the rest can be asked for', async () => {
    inventory.childrenOf(server);
    await source.isAsked(1);
    source.last.answer({ items: tenants(0, 600), next: '600', total: 9000 });
    await source.isAsked(2);
    inventory.cancel(server);
    expect(server.openedBranch?.state).toBe('ready');
    expect(labels(inventory.childrenOf(server)).slice(-2)).toEqual(['t599', '(more)']);
    const enough = new AbortController();
    const all = inventory.complete(server, enough.signal);
    await source.isAsked(3);
    expect(source.last.cursor).toBe('600');
    source.last.answer({ items: tenants(600, 600), next: '1200', total: 9000 });
    await source.isAsked(4);
    enough.abort();
    await all;
    expect(source.last.signal.aborted).toBe(true);
    expect(labels(inventory.childrenOf(server)).slice(-2)).toEqual(['t1199', '(more)']);
    // Nothing is asked for again because rows are looked at.
    expect(source.asked).toHaveLength(4);
  });

  test('are all loaded until the user cancels that, wherever', async () => {
    inventory.childrenOf(server);
    await source.isAsked(1);
    source.last.answer({ items: tenants(0, 1000), next: '1000' });
    await inventory.settled(server);
    const all = inventory.complete(server, never);
    await source.isAsked(2);
    inventory.cancel(server);
    await all;
    expect(labels(inventory.childrenOf(server)).at(-1)).toBe('(more)');
    expect(source.asked).toHaveLength(2);
  });

  test('are all loaded also when the branch is collapsed meanwhile', async () => {
    inventory.childrenOf(server);
    await source.isAsked(1);
    source.last.answer({ items: tenants(0, 1000), next: '1000' });
    await inventory.settled(server);
    const all = inventory.complete(server, never);
    await source.isAsked(2);
    inventory.collapsed(server);
    await source.isAsked(3);
    source.last.answer({ items: tenants(1000, 10) });
    await all;
    expect(inventory.childrenOf(server)).toHaveLength(1010);
  });

  test('that failed are asked for again by those who retry', async () => {
    inventory.childrenOf(server);
    await source.isAsked(1);
    source.last.answer({ items: tenants(0, 1000), next: '1000' });
    await inventory.settled(server);
    const all = inventory.complete(server, never);
    await source.isAsked(2);
    source.last.answer(new Throttled('host', undefined));
    await all;
    await inventory.complete(server, never);
    expect(source.asked).toHaveLength(2);
    const again = inventory.complete(server, never, true);
    await source.isAsked(3);
    expect(source.last.cursor).toBe('1000');
    source.last.answer({ items: tenants(1000, 1) });
    await again;
    expect(labels(inventory.childrenOf(server)).at(-1)).toBe('t1000');
    expect(server.openedBranch?.state).toBe('ready');
  });

  test('are as many in one load as it is told', async () => {
    inventory = new Inventory(source, log, () => 500);
    inventory.setServers([serverOf('one')]);
    server = named(inventory.servers, 'one');
    inventory.childrenOf(server);
    await source.isAsked(1);
    source.last.answer({ items: tenants(0, 500), next: '500' });
    await inventory.settled(server);
    expect(source.asked).toHaveLength(1);
    expect(labels(inventory.childrenOf(server)).at(-1)).toBe('(more)');
  });

  test('may overlap without doubling rows', async () => {
    inventory.childrenOf(server);
    await source.isAsked(1);
    source.last.answer({ items: tenants(0, 10), next: '10' });
    await source.isAsked(2);
    source.last.answer({ items: tenants(8, 10) });
    await inventory.settled(server);
    expect(inventory.childrenOf(server)).toHaveLength(18);
  });

  test('that repeat for ever end with what came and a word about it', async () => {
    inventory.childrenOf(server);
    await source.isAsked(1);
    source.last.answer({ items: tenants(0, 10), next: '10' });
    await source.isAsked(2);
    source.last.answer({ items: tenants(0, 10), next: '20' });
    await inventory.settled(server);
    expect(inventory.childrenOf(server)).toHaveLength(11);
    expect(server.openedBranch?.failure?.kind).toBe('endlessList');
  });

  test('that repeat for ever leave nothing behind of what they do not mention', async () => {
    inventory.childrenOf(server);
    await source.isAsked(1);
    source.last.answer({ items: tenants(0, 12) });
    await inventory.settled(server);
    const nodes = server.openedBranch?.nodes ?? [];
    const refreshed = inventory.refresh(server);
    await source.isAsked(2);
    source.last.answer({ items: tenants(0, 10), next: '10' });
    await source.isAsked(3);
    source.last.answer({ items: tenants(0, 10), next: '20' });
    await refreshed;
    expect(nodes.map(({ gone }) => gone)).toEqual(nodes.map((_, index) => index >= 10));
  });

  test('keep what came when a later one fails', async () => {
    inventory.childrenOf(server);
    await source.isAsked(1);
    source.last.answer({ items: tenants(0, 3), next: '3' });
    await source.isAsked(2);
    source.last.answer(new Throttled('host', undefined));
    await inventory.settled(server);
    expect(labels(inventory.childrenOf(server))).toEqual(['(failure)', 't0', 't1', 't2', '(more)']);
  });
});
