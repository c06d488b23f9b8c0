import { expect, test } from 'vitest';
import { selfSigned, startHttps } from '../http/support';
import { never } from '../never';
import { printReport, report } from './report';
import { Scene, vb365 } from './scene';

printReport();

const names = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `org-${from + i}`);
const elementsOf = (list: readonly string[]) => list.map(name => ({ id: name, name }));

/** A page for an offset and the limit that was asked for, and what is wrong with it. */
type Answer = (offset: number, limit: number) => object;

const offsetsOf = (paths: readonly string[]) =>
  paths.map(path => Number(new URL(path, 'https://server.example.com').searchParams.get('offset')));

async function browse(fault: string, answer: Answer, work?: (scene: Scene) => Promise<void>, withinMs = 5000) {
  const scene = await Scene.start(vb365);
  const requests = scene.server.requests.length;
  scene.answer((response, request) => {
    const { searchParams } = new URL(request.url ?? '', scene.server.url);
    const page = answer(Number(searchParams.get('offset')), Number(searchParams.get('limit')));
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(page));
  });
  const took = await scene.measure(work && (() => work(scene)));
  report({ fault, product: 'vb365', outcome: scene.failure?.kind ?? 'rows', ...took });
  expect(took.milliseconds).toBeLessThan(withinMs);
  scene.expectNoSecrets();
  return { scene, asked: scene.server.requests.slice(requests).map(({ path }) => path) };
}

async function recover(scene: Scene): Promise<void> {
  scene.server.intercept = undefined;
  await scene.refresh();
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(scene.before);
}

/** A full page of a list of which `all` is the whole. */
function slice(all: readonly string[], offset: number, limit: number) {
  return { offset, limit, results: elementsOf(all.slice(offset, offset + limit)) };
}

test('a page that comes again and again ends the list, and is shown', async () => {
  const { scene, asked } = await browse('the same page for ever', (_offset, limit) => slice(names(limit), 0, limit));
  expect(scene.failure).toMatchObject({ kind: 'endlessList', short: 'list may be incomplete' });
  expect(scene.labels).toEqual(['(failure)', ...names(500)]);
  expect(asked).toHaveLength(2);
  await recover(scene);
});

test('pages that take turns end the list', async () => {
  const { scene, asked } = await browse('two pages in turns for ever', (offset, limit) =>
    slice(names(20), (offset / 10) % 2 ? 10 : 0, Math.min(limit, 10)),
  );
  expect(scene.failure?.kind).toBe('endlessList');
  expect(scene.labels).toEqual(['(failure)', ...names(20)]);
  expect(asked).toHaveLength(3);
  await recover(scene);
});

test('a list without end is shown a thousand rows at a time', async () => {
  const { scene, asked } = await browse('pages that never end', (offset, limit) => ({
    offset,
    limit,
    results: elementsOf(names(limit, offset)),
  }));
  expect(scene.labels).toEqual([...names(1000), '(more)']);
  expect(asked).toHaveLength(2);
  await scene.world.inventory.loadMore(scene.parent);
  expect(scene.labels).toEqual([...names(2000), '(more)']);
  // A refresh then takes as many rows as there were, and the real list is shorter.
  await recover(scene);
});

/** As Load All, Find, export and report do. */
async function loadAll({ world, parent }: Scene): Promise<void> {
  world.inventory.expire([parent]);
  await world.inventory.complete(parent, never);
}

test.each([
  ['that tells no number of them', undefined, 250_000],
  ['that tells a large one', 1_000_000_000, 250_000],
  ['that tells a small one', 7, 10_000],
  ['that tells a likely one', 20_000, 40_000],
])(
  'all of a list without end %s is given up at some time, and what came is shown',
  async (name, totalCount, most) => {
    const { scene, asked } = await browse(
      `pages that never end, all of them, ${name}`,
      offset => ({ offset, limit: 5000, results: elementsOf(names(5000, offset)), totalCount }),
      loadAll,
      60_000,
    );
    expect(scene.failure).toMatchObject({ kind: 'endlessList', short: 'list may be incomplete' });
    expect(scene.failure?.message).toBe(
      `The list continues after ${most} rows, and the rest is not loaded. The list may be incomplete.`,
    );
    expect(scene.items).toHaveLength(most);
    expect(asked).toHaveLength(most / 5000);
    await recover(scene);
  },
  60_000,
);

test('a total that is less than what came ends no list', async () => {
  const { scene } = await browse('a total that is too small', (offset, limit) => ({
    ...slice(names(1200), offset, limit),
    totalCount: 7,
    _links: {},
  }));
  await scene.world.inventory.complete(scene.parent, never);
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(names(1200));
  await recover(scene);
});

test('a row that comes twice in the place of another one is told of', async () => {
  const { scene } = await browse('a row on two pages instead of another one', offset => ({
    offset,
    limit: 5,
    results: elementsOf(names(10).slice(Math.max(0, offset - 1), Math.max(0, offset - 1) + 5)),
    totalCount: 10,
    _links: offset === 0 ? { next: { href: '/v8/next?offset=5' } } : {},
  }));
  expect(scene.failure).toMatchObject({ kind: 'endlessList', short: 'list may be incomplete' });
  expect(scene.labels).toEqual(['(failure)', ...names(9)]);
  await recover(scene);
});

test('elements that cannot be read count as rows of their page, and are told of', async () => {
  const { scene, asked } = await browse('odd elements on several pages', (offset, limit) => {
    const page = slice(names(12), offset, Math.min(limit, 5));
    return { ...page, limit: 5, totalCount: 12, results: page.results.map((each, at) => (at === 3 ? null : each)) };
  });
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual([...names(12).filter(name => name !== 'org-3' && name !== 'org-8'), '(unreadable)']);
  expect(scene.parent.openedBranch?.unreadable).toEqual({ count: 2, came: ['3: null', '8: null'] });
  expect(scene.parent.openedBranch?.total).toBe(12);
  expect(asked).toHaveLength(3);
  await recover(scene);
  expect(scene.parent.openedBranch?.unreadable).toBeUndefined();
});

test('pages of a list that shrinks meanwhile end where it ends', async () => {
  const { scene } = await browse('a list that shrinks', (offset, limit) =>
    slice(names(offset === 0 ? 10 : 4), offset, Math.min(limit, 5)),
  );
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(names(5));
  await recover(scene);
});

test('pages that overlap show each row once', async () => {
  const { scene } = await browse('pages that overlap', (offset, limit) =>
    slice(names(12), Math.max(0, offset - 2), Math.min(limit, 5)),
  );
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(names(12));
  await recover(scene);
});

test('an empty page with a next one is looked behind, once', async () => {
  const { scene, asked } = await browse('empty pages with next ones for ever', (offset, limit) => ({
    ...slice(names(3), offset, limit),
    _links: { next: { href: '/v8/next' } },
  }));
  expect(scene.failure).toMatchObject({ kind: 'endlessList', short: 'list may be incomplete' });
  expect(scene.failure?.message).toContain('has more rows, but sends none');
  expect(scene.labels).toEqual(['(failure)', ...names(3)]);
  expect(offsetsOf(asked)).toEqual([0, 3, 503]);
  await recover(scene);
});

test.each([
  ['says where it begins', { href: '/v8/Organizations?limit=10&offset=10' }, 10],
  ['does not', { href: '/v8/next' }, 500],
  ['points back', { href: '/v8/Organizations?offset=0&limit=10' }, 500],
  ['is something else', { href: { offset: 10 } }, 500],
])('rows behind an empty page are shown, whose link %s', async (_name, next, offset) => {
  const { scene, asked } = await browse('an empty page before the first row', at =>
    at === 0 ? { results: [], _links: { next } } : { results: elementsOf(names(7)), _links: {} },
  );
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(names(7));
  expect(offsetsOf(asked)).toEqual([0, offset]);
  await recover(scene);
});

test('an empty page behind the last one ends the list', async () => {
  const { scene } = await browse('a last page that is empty', (offset, limit) => ({
    ...slice(names(7), offset, limit),
    _links: offset < 500 ? { next: { href: `/v8/x?offset=${offset + 500}` } } : {},
  }));
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(names(7));
  await recover(scene);
});

test('a total counts against a missing link', async () => {
  const { scene, asked } = await browse('a total larger than the page', offset => ({
    ...slice(names(75), offset, 30),
    limit: 500,
    totalCount: 75,
    _links: {},
  }));
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(names(75));
  expect(offsetsOf(asked)).toEqual([0, 30, 60]);
  expect(scene.parent.openedBranch?.total).toBe(75);
  await recover(scene);
});

test('a total that is never reached is told of', async () => {
  const { scene, asked } = await browse('a total that is never reached', offset => ({
    ...slice(names(30), offset, 30),
    totalCount: 75,
    _links: {},
  }));
  expect(scene.failure).toMatchObject({ kind: 'endlessList' });
  expect(scene.labels).toEqual(['(failure)', ...names(30)]);
  expect(asked).toHaveLength(3);
  await recover(scene);
});

test.each([
  ['is known', 1200],
  ['happens to be that of two pages', 1000],
  ['happens to be that of one page', 500],
  ['is less than a page', 499],
])('arrays without anything around them come page by page, where their length %s', async (_name, length) => {
  const { scene } = await browse('bare arrays that honour the limit', (offset, limit) =>
    elementsOf(names(length).slice(offset, offset + limit)),
  );
  await scene.world.inventory.complete(scene.parent, never);
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(names(length));
  expect(scene.parent.openedBranch?.total ?? length).toBe(length);
  await recover(scene);
});

test.each([
  [30, 75],
  [100, 250],
  [250, 750],
  [250, 1001],
  [100, 100],
])('arrays of %i elements at most are no whole list of %i', async (most, length) => {
  const { scene } = await browse('bare arrays with a limit of their own', (offset, limit) =>
    elementsOf(names(length).slice(offset, offset + Math.min(limit, most))),
  );
  await scene.world.inventory.complete(scene.parent, never);
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(names(length));
  expect(scene.parent.openedBranch?.total ?? length).toBe(length);
  await recover(scene);
});

test('a full page with links of which none leads on, and without a count, is no end', async () => {
  const { scene } = await browse('full pages whose links lead nowhere', (offset, limit) => ({
    ...slice(names(1200), offset, limit),
    _links: { self: { href: '/v8/Organizations' } },
  }));
  await scene.world.inventory.complete(scene.parent, never);
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(names(1200));
  await recover(scene);
});

test.each([7, 500, 1200])('an array of all %i elements is the whole, whatever was asked for', async length => {
  const { scene } = await browse('bare arrays that know no limit', () => elementsOf(names(length)));
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(names(length));
  expect(scene.parent.openedBranch?.total).toBe(length);
  await recover(scene);
});

test('a row that has come between two arrays is shown once', async () => {
  const { scene } = await browse('bare arrays that overlap', (offset, limit) =>
    elementsOf(names(700).slice(Math.max(0, offset - 1), Math.max(0, offset - 1) + limit)),
  );
  await scene.world.inventory.complete(scene.parent, never);
  expect(scene.labels.filter(label => label === 'org-499')).toHaveLength(1);
  expect(new Set(scene.labels).size).toBe(scene.labels.length);
  await recover(scene);
});

test('an array on a later page goes on as the page before', async () => {
  const { scene } = await browse('bare arrays on later pages', (offset, limit) =>
    offset === 0 ? slice(names(1200), 0, limit) : elementsOf(names(1200).slice(offset, offset + limit)),
  );
  await scene.world.inventory.complete(scene.parent, never);
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(names(1200));
  expect(scene.parent.openedBranch?.total ?? 1200).toBe(1200);
  await recover(scene);
});

test('equal ids on two pages are two rows, unless the rows are the same', async () => {
  const rows = [
    { id: 'same', name: 'Contoso' },
    { id: 'other', name: 'Fabrikam' },
    { id: 'same', name: 'Northwind' },
    { id: 'same', name: 'Contoso', usedSpaceBytes: 7 },
    { id: 'other', name: 'Fabrikam' },
    { id: 'last', name: 'Tailspin' },
    { id: 'same', name: 'Northwind' },
    { id: 'same', name: 'Adatum' },
  ];
  const { scene } = await browse('equal ids on several pages', offset => ({
    offset,
    limit: 2,
    results: rows.slice(offset, offset + 2),
  }));
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(['Contoso', 'Fabrikam', 'Northwind', 'Contoso', 'Tailspin', 'Adatum']);
  const keys = scene.world.inventory.childrenOf(scene.parent).flatMap(row => (row.type === 'node' ? row.key : []));
  expect(new Set(keys).size).toBe(6);
  await scene.refresh();
  expect(scene.world.inventory.childrenOf(scene.parent).flatMap(row => (row.type === 'node' ? row.key : []))).toEqual(
    keys,
  );
  await recover(scene);
});

test.each([-1, 0, 0.5, 1e9, '500', 'many', null, {}, true])('a limit of %j loses no row', async limit => {
  const { scene } = await browse(`an echoed limit of ${JSON.stringify(limit)}`, offset => ({
    ...slice(names(7), offset, limit === '500' ? 500 : 3),
    limit,
  }));
  expect(scene.failure).toBeUndefined();
  expect(scene.labels).toEqual(names(7));
  await recover(scene);
});

test.each([-5, 1e300, 'first', null, []])('an offset of %j changes nothing', async offset => {
  const { scene, asked } = await browse(`an echoed offset of ${JSON.stringify(offset)}`, asks => ({
    ...slice(names(7), asks, 3),
    offset,
  }));
  expect(scene.labels).toEqual(names(7));
  expect(asked.map(path => new URL(path, scene.server.url).searchParams.get('offset'))).toEqual(['0', '3', '6']);
  await recover(scene);
});

test.each([-1, 0, 1e300, '7', 'all', null])('a total of %j changes no row', async totalCount => {
  const { scene } = await browse(`a total of ${JSON.stringify(totalCount)}`, (offset, limit) => ({
    ...slice(names(7), offset, limit),
    totalCount,
  }));
  expect(scene.labels).toEqual(names(7));
  await recover(scene);
});

test.each([
  ['another host', (origin: string) => ({ href: `${origin}/v8/Organizations?offset=3` })],
  ['a file', () => ({ href: 'file:///etc/passwd' })],
  ['another version', () => ({ href: '/v7/BackupRepositories?offset=3&limit=3' })],
  ['another version, without a slash', () => ({ href: 'v6/backuprepositories?offset=3' })],
  ['a script', () => ({ href: 'javascript:alert(1)' })],
  ['nothing', () => ({})],
  ['a number', () => 5],
])('a link to %s is not followed, the list goes on', async (name, link) => {
  const other = await startHttps(selfSigned);
  const { scene, asked } = await browse(`a link to ${name}`, offset => ({
    ...slice(names(7), offset, 3),
    _links: offset + 3 < 7 ? { next: link(other.origin) } : {},
  }));
  expect(scene.labels).toEqual(names(7));
  expect(other.connections()).toBe(0);
  const base = asked[0]?.split('?')[0];
  expect(asked).toEqual([0, 3, 6].map(offset => `${base}?limit=500&offset=${offset}`));
  await recover(scene);
});
