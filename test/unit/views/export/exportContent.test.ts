import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExportFormat } from '../../../../src/base/exportFormats';
import type { Item } from '../../../../src/items/item';
import { allKinds } from '../../../../src/items/kinds';
import { type ExportRow, encoded, piecesOf } from '../../../../src/views/export/exportContent';
import { factColumns } from '../../../../src/views/shared/itemRecords';
import { HOSTILE_NAMES } from '../../../sample-servers/names';
import { subtenant } from '../../items';
import { never } from '../../never';
import { below, serverNode, tenantNode } from '../nodes';

const northwind = tenantNode({ usedBytes: 7, lastActive: '2025-01-31T12:00:00Z' });
const user = below(northwind, subtenant('s1', { name: 'nw-user-01', tenantId: '5f3a', enabled: false }));

test('CSV has a mark for Excel, stable columns and raw values', () => {
  const text = textOf('csv', [{ node: northwind }, { node: user }]);
  expect(text.startsWith('\uFEFF')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  const [head, ...rows] = readCsv(text.slice(1));
  expect(head).toEqual([
    ...['server', 'product', 'kind', 'path', 'name', 'id', 'urn', 'description', 'enabled', 'type', 'quotaBytes'],
    ...['usedBytes', 'lastResult', 'lastActive', 'leaseExpires', 'backupServer', 'companyName', 'companyId'],
    ...['maxConcurrentTasks', 'throttlingLimit', 'throttlingUnit', 'gatewayPools'],
    ...['unlimited', 'quotaName', 'tenantId', 'tenantResourceId'],
  ]);
  const records = rows.map(cells => Object.fromEntries(cells.map((cell, at) => [head?.[at], cell])));
  expect(records).toMatchObject([
    {
      server: 'em-prod',
      product: 'enterprise-manager',
      kind: 'tenant',
      path: 'em-prod / Cloud Tenants / Northwind',
      id: '5f3a',
      enabled: 'true',
      quotaBytes: '1073741824',
      usedBytes: '7',
      lastActive: '2025-01-31T12:00:00Z',
      unlimited: '',
    },
    { kind: 'subtenant', name: 'nw-user-01', enabled: 'false', unlimited: 'true', quotaBytes: '', tenantId: '5f3a' },
  ]);
});

test('columns hang on the kinds alone', () => {
  const headOf = (...rows: ExportRow[]) => readCsv(textOf('csv', rows).slice(1))[0];
  expect(headOf({ node: tenantNode() })).toEqual(headOf({ node: northwind }, { node: tenantNode({ id: 'x' }) }));
  expect(headOf({ node: northwind, incomplete: 'not reached' })?.at(-1)).toBe('incomplete');
});

test('every kind has columns of its own names, each once', () => {
  const names = factColumns(new Set(allKinds())).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).not.toContain('path');
  expect(names).toContain('storagePath');
});

test('any name is read back from CSV, with nothing that a spreadsheet computes', () => {
  const anyName = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...HOSTILE_NAMES),
    fc
      .array(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ';', ',', '"', "'", ' ', '|', 'a', '1'), {
        maxLength: 12,
      })
      .map(signs => signs.join('')),
  );
  fc.assert(
    fc.property(fc.array(anyName, { minLength: 1, maxLength: 5 }), names => {
      const text = textOf(
        'csv',
        names.map(name => ({ node: tenantNode({ name, description: name }) })),
      );
      const [head, ...rows] = readCsv(text.slice(1));
      expect(rows.map(cells => cells.length)).toEqual(names.map(() => head?.length));
      for (const [at, name] of names.entries()) {
        const cell = rows[at]?.[4] ?? '';
        expect(withoutMarks(cell)).toBe(withoutMarks(name));
        // As whoever takes `;` for the separator sees it.
        for (const part of cell.split(/[;\t\r\n]/)) {
          expect(part).not.toMatch(/^\s*[=+\-@]/);
        }
        expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }
    }),
  );
});

test('JSON is an array of plain items that says what is missing', () => {
  const rows: ExportRow[] = [{ node: northwind }, { node: user }, { node: serverNode(), incomplete: 'not reached' }];
  expect(JSON.parse(textOf('json', rows))).toMatchObject([
    {
      kind: 'tenant',
      path: ['em-prod', 'Cloud Tenants', 'Northwind'],
      quotaBytes: 1024 ** 3,
      resources: [{ id: 'r1' }],
    },
    { kind: 'subtenant', unlimited: true },
    { kind: 'server', url: 'https://em.example.com:9398', incomplete: 'not reached' },
  ]);
  expect(textOf('json', rows)).not.toContain('userName');
  expect(textOf('json', rows)).not.toContain('wholeList');
  expect(JSON.parse(textOf('json', [{ node: northwind, wholeList: true }]))).toMatchObject([{ wholeList: true }]);
  expect(textOf('json', [])).toBe('[]\n');
});

test('JSON keeps every name to the letter', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), names => {
      const rows = names.map(name => ({ node: tenantNode({ name }) }));
      const read: { name: string }[] = JSON.parse(textOf('json', rows));
      expect(read.map(({ name }) => name)).toEqual(names);
    }),
  );
});

test('Markdown has a row of as many cells for each item, whatever its name', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE_NAMES)), name => {
      const lines = textOf('markdown', [{ node: tenantNode({ name }) }]).split('\n');
      expect(lines).toHaveLength(4);
      const cells = lines.slice(0, 3).map(line => line.match(/(?:[^|\\]|\\.)+/g)?.length);
      expect(new Set(cells).size).toBe(1);
    }),
  );
});

test('writing very many rows lets others have their turn, and can be given up', async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => ({
    node: tenantNode({ id: String(index), name: 'Söhne' }),
  }));
  let turns = 0;
  let counting = true;
  const count = () => {
    turns++;
    if (counting) {
      setImmediate(count);
    }
  };
  setImmediate(count);
  const content = await encoded(piecesOf('csv', rows), never);
  counting = false;
  expect(turns).toBeGreaterThan(3);
  expect(Buffer.from(content ?? []).toString('utf8')).toBe(textOf('csv', rows));
  expect(await encoded(piecesOf('csv', rows), AbortSignal.abort())).toBeUndefined();
});

test('a repository’s path on its disk is not that of its row', () => {
  const repository: Item = {
    kind: 'repository',
    id: 'r',
    name: 'Repo',
    hasChildren: false,
    objectStorage: false,
    path: 'E:\\Backup',
  };
  expect(JSON.parse(textOf('json', [{ node: below(serverNode(), repository) }]))).toMatchObject([
    { path: ['em-prod', 'Repo'], storagePath: 'E:\\Backup' },
  ]);
});

function textOf(format: ExportFormat, rows: readonly ExportRow[]): string {
  return [...piecesOf(format, rows)].join('');
}

/** Without what keeps a spreadsheet from computing. */
function withoutMarks(text: string): string {
  return text.replaceAll("'", '');
}

/** RFC 4180 to the letter: anything that it does not allow is an error. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  for (let row: string[] = []; cell.lastIndex < text.length; ) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (!match) {
      throw new SyntaxError(`not RFC 4180 at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    }
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
