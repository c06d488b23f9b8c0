import { expect, test } from 'vitest';
import { selfSigned, startHttps } from '../http/support';
import { never } from '../never';
import { printReport, report } from './report';
import { Scene, vb365 } from './scene';

printReport();

const names = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `org-${from + i}`);
const elementsOf = (list: readonly string[]) => list.map(name => ({ id: name, name }));

/** A page for an offset and the limit that was asked for, and what is wrong with it. */
type Answer = (offset: number, limit: number) => Record<string, unknown>;

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
      `The list goes on after ${most} rows, and no more of it is loaded. What is shown may be incomplete.`,
    );
    expect(scene.items).toHaveLength(most);
    expect(asked).toHaveLength(most / 5000);
    await recover(scene);
  },
  60_000,
);

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

test('an empty page ends the list, whatever its links say', async () => {
  const { scene } = await browse('an empty page with a next one', (offset, limit) => ({
    ...slice(names(3), offset, limit),
    _links: { next: { href: '/v8/next' } },
  }));
  expect(scene.labels).toEqual(names(3));
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
