import type { IncomingMessage } from 'node:http';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFailure } from '../../../../src/base/failure';
import type { Item } from '../../../../src/items/item';
import { rawElements } from '../../../../src/products/reading/rawElements';
import { startVb365 } from '../../../sample-servers';
import { never } from '../../never';
import { World } from '../../support';

// Items that the API tells of in lists alone.

type Answer = (asked: { readonly offset: number; readonly limit: number }) => string;

/** An organization in a repository and a repository that an organization uses, and a server that answers for their lists. */
async function start(versions: string[], answer: Answer) {
  const { server, world, node } = await World.with('vb365', startVb365({ versions }));
  const organization = (await world.openPath(node, 'Backup Repositories', 'Repo North'))[0];
  const used = (await world.openPath(node, 'Organizations', 'Contoso', 'Used Repositories'))[0];
  if (organization?.type !== 'node' || used?.type !== 'node') {
    throw new Error('no items');
  }
  const isList = ({ url }: IncomingMessage) => /BackedUpOrganizations|usedRepositories/i.test(url ?? '');
  const before = server.requests.length;
  server.intercept = (request, response) => {
    if (isList(request)) {
      const query = new URL(request.url ?? '', server.url).searchParams;
      const body = answer({ offset: Number(query.get('offset')), limit: Number(query.get('limit')) });
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(body);
    }
    return isList(request);
  };
  return {
    organization: organization.item,
    used: used.item,
    document: (item: Item) => world.connections.document(node.item.id, item, 'json', never),
    asked: () => server.requests.length - before,
  };
}

const strangers = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ id: `x${from + index}`, repositoryId: `r${from + index}` }));

describe.each(['v3', 'v6', 'v8'])('a document out of a list of %s', version => {
  test('is looked for on every page', async () => {
    const { organization, document, asked } = await start([version], ({ offset, limit }) =>
      JSON.stringify({
        results: offset < 3 * limit ? strangers(limit, offset) : [{ id: organization.id, share: 1 }],
      }),
    );
    expect(await document(organization)).toBe(`{"id":"${organization.id}","share":1}`);
    expect(asked()).toBe(4);
  });

  test('is not looked for again on a page that has come before', async () => {
    const { organization, used, document, asked } = await start([version], ({ limit }) =>
      JSON.stringify({ results: strangers(limit), _links: { next: { href: '/v8/x' } } }),
    );
    await expect(document(organization)).rejects.toMatchObject({ kind: 'endlessList' });
    await expect(document(used)).rejects.toMatchObject({ kind: 'endlessList' });
    expect(asked()).toBe(4);
  });

  test('is looked for behind an empty page, once', async () => {
    const { organization, document, asked } = await start([version], ({ offset, limit }) =>
      JSON.stringify({
        results: offset < limit ? [] : [{ id: organization.id }],
        _links: offset < limit ? { next: { href: '/v8/x' } } : {},
      }),
    );
    expect(await document(organization)).toBe(`{"id":"${organization.id}"}`);
    expect(asked()).toBe(2);
    const empty = await start([version], () => '{"results":[],"_links":{"next":{"href":"x"}}}');
    await expect(empty.document(empty.organization)).rejects.toMatchObject({ kind: 'endlessList' });
    expect(empty.asked()).toBe(2);
  });

  test('comes out of bare arrays, too, page by page', async () => {
    const { organization, document, asked } = await start([version], ({ offset, limit }) =>
      JSON.stringify(offset < 2 * limit ? strangers(limit, offset) : [{ id: organization.id }]),
    );
    expect(await document(organization)).toBe(`{"id":"${organization.id}"}`);
    expect(asked()).toBe(3);
  });
});

test('a document is not looked for in a list without end', async () => {
  const { organization, document, asked } = await start(['v8'], ({ offset }) =>
    JSON.stringify({ results: strangers(20_000, offset), _links: { next: { href: 'x' } } }),
  );
  await expect(document(organization)).rejects.toMatchObject({ kind: 'endlessList' });
  expect(asked()).toBeLessThan(20);
}, 30_000);

const deep = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels);

test.each([
  ['nested lists', deep('[', ']', 50_000)],
  ['nested lists beside the item', `{"results":[${deep('[', ']', 50_000)},{"id":"ID"}]}`],
  ['nested objects', `{"results":[{"id":"x","a":${deep('{"a":', '1}', 20_000).replace('{"a":1}', '1')}`],
  ['nested pages', deep('{"results":[', ']}', 20_000)],
  ['an id that is an object', '{"results":[{"id":{"toString":1,"valueOf":2}},{"id":"ID"}]}'],
  ['an id that is a list', '{"results":[{"id":[[]]},{"id":"ID"}]}'],
  ['elements that are none', '{"results":[null,5,"ID",true,[],{"id":null},{"id":"ID"}]}'],
  ['links that are none', '{"results":[{"_links":{"backupRepository":[]}},{"id":"ID"}],"_links":[]}'],
  ['a proto', '{"results":[{"__proto__":null},{"id":"ID"}],"__proto__":{"results":[]}}'],
  ['nothing', ''],
  ['null', 'null'],
  ['a text', '"results"'],
  ['results that are none', '{"results":{"length":2}}'],
])('%s end as the document or as a sentence', async (_name, body) => {
  const { organization, used, document } = await start(['v8'], () => body.replace('"ID"', `"${organization.id}"`));
  for (const item of [organization, used]) {
    try {
      expect(JSON.parse((await document(item)) ?? '')).toEqual({ id: item.id });
    } catch (error) {
      expect(isFailure(error) ? error.kind : error).not.toBe('defect');
      expect(isFailure(error) && error.message).toBeTruthy();
    }
  }
});

describe('elements to the letter', () => {
  test.each([
    ['[ 1 , "a,]" ,{"b":[2,3]}\n]', ['1', '"a,]"', '{"b":[2,3]}']],
    ['{"results":[ {"id":1.0} , {"id":"\\"]"} ]}', ['{"id":1.0}', '{"id":"\\"]"}']],
    ['{"first":[0],"results":[1],"last":[2]}', ['1']],
    ['{"a":{"results":[0]},"\\u0072esults":[1,[2]]}', ['1', '[2]']],
    ['{"results":[1],"results":[2,3]}', ['2', '3']],
    ['{"results":"[1]"}', []],
    ['[]', []],
    ['{"results":[]}', []],
    ['7', []],
  ])('of %s are %j', (text, elements) => {
    expect(rawElements(text, 'results')).toEqual(elements);
  });

  test('are those that a parser finds, whatever they are', async () => {
    await fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.nat(3),
        (elements, others, blanks) => {
          const { results: _results, ...rest } = others;
          const whole = JSON.stringify({ ...rest, results: elements, last: [0] }, undefined, blanks);
          expect(rawElements(whole, 'results').map(each => JSON.parse(each))).toEqual(JSON.parse(whole).results);
          const bare = JSON.stringify(elements, undefined, blanks);
          expect(rawElements(bare, 'results').map(each => JSON.parse(each))).toEqual(JSON.parse(bare));
        },
      ),
    );
  });
});
