// Keeps the arrows between the rooms of `src` as ARCHITECTURE.md draws them: each room knows only those named beside it.

import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';

/** From the ground up. A room knows itself and the rooms that stand here; `type:` means their types alone. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  base: [],
  items: [],
  http: ['base'],
  products: ['base', 'items', 'http'],
  inventory: ['base', 'items', 'products'],
  report: ['base', 'items', 'inventory'],
  changes: ['base', 'items'],
  everywhere: ['base', 'type:items', 'inventory', 'type:products'],
  servers: ['base', 'type:items', 'http', 'products', 'type:inventory'],
  agents: ['base', 'type:items', 'type:products', 'inventory', 'everywhere'],
  webview: ['base', 'report', 'changes'],
  'views/shared': ['base', 'items', 'type:products', 'inventory', 'everywhere', 'servers'],
  'views/tree': ['base', 'items', 'inventory', 'servers', 'views/shared'],
  'views/servers': ['base', 'items', 'http', 'products', 'type:inventory', 'servers', 'views/shared'],
  'views/find': ['base', 'items', 'inventory', 'views/shared', 'type:views/tree'],
  'views/pins': ['base', 'items', 'inventory', 'type:servers', 'views/shared', 'views/tree', 'views/find'],
  'views/links': ['base', 'inventory', 'products', 'servers', 'views/shared', 'type:views/servers'],
  'views/copy': [
    'base',
    'items',
    'type:inventory',
    'everywhere',
    'type:servers',
    'views/shared',
    'views/links',
    'views/find',
  ],
  'views/details': [
    'base',
    'items',
    'type:products',
    'inventory',
    'report',
    'type:servers',
    'views/shared',
    'views/find',
  ],
  'views/documents': ['base', 'items', 'type:products', 'inventory', 'type:servers', 'views/shared', 'views/find'],
  'views/export': ['base', 'items', 'inventory', 'views/shared'],
  'views/changes': ['base', 'items', 'inventory', 'changes', 'webview', 'views/shared', 'views/export'],
  'views/report': ['base', 'items', 'inventory', 'report', 'webview', 'views/shared'],
  'views/editors': ['base', 'items', 'inventory', 'everywhere', 'views/shared'],
  'views/everywhere': ['base', 'items', 'type:inventory', 'everywhere', 'views/shared', 'views/find'],
  'views/programs': ['base', 'items', 'inventory', 'agents', 'views/shared'],
};

/** Runs in plain Node or in a browser. One file of `servers` reads VS Code's settings. */
const withoutVSCode = [
  'base',
  'items',
  'http',
  'products',
  'inventory',
  'report',
  'changes',
  'everywhere',
  'servers',
  'agents',
  'webview',
];
const readsSettings = 'src/servers/connection/networkSettings.ts';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map(file => `src/${file.replaceAll('\\', '/')}`)
  .filter(file => file.endsWith('.ts'));
const imports = /^(?:import|export)\s+(type\s)?[^;]*?\sfrom\s+'([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gmsu;

function importsOf(file: string) {
  return [...readFileSync(file, 'utf8').matchAll(imports)].map(([, type, from = '', lazily = '', only = '']) => {
    const name = from || lazily || only;
    return {
      name,
      isType: type !== undefined,
      file: name.startsWith('.') ? fileOf(posix.join(posix.dirname(file), name)) : undefined,
    };
  });
}

function fileOf(path: string): string | undefined {
  return [`${path}.ts`, posix.join(path, 'index.ts')].find(each => sources.includes(each));
}

function roomOf(file: string): string | undefined {
  return Object.keys(rooms).find(room => file.startsWith(`src/${room}/`));
}

test('each room knows only the rooms that it may', () => {
  const forbidden = sources.flatMap(file =>
    importsOf(file).flatMap(({ file: target, isType }) => {
      const [from, to] = [roomOf(file), target && roomOf(target)];
      const known = from && rooms[from];
      // What is no room is put together from all of them: the output files and the services.
      const isAllowed =
        !known || !target || from === to || (to && known.includes(to)) || (isType && known.includes(`type:${to}`));
      return isAllowed || (isType && target === 'src/services.ts') ? [] : [`${file} -> ${target}`];
    }),
  );
  expect(forbidden).toEqual([]);
});

test('each arrow is needed, and no more of it than types where types do', () => {
  const used = sources.flatMap(file =>
    importsOf(file).map(
      ({ file: target, isType }) => `${roomOf(file)} -> ${isType ? 'type:' : ''}${target && roomOf(target)}`,
    ),
  );
  const drawn = Object.entries(rooms).flatMap(([room, known]) => known.map(other => `${room} -> ${other}`));
  expect(drawn.filter(arrow => !used.includes(arrow))).toEqual([]);
});

test('the rooms below the views run without VS Code', () => {
  const users = sources.filter(file => importsOf(file).some(({ name }) => name === 'vscode'));
  expect(users.filter(file => withoutVSCode.includes(roomOf(file) ?? '') && file !== readsSettings)).toEqual([]);
});

test('no file needs itself to run, over however many others', () => {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) {
      circles.push([...way.slice(way.indexOf(file)), file].join(' -> '));
    } else if (!done.has(file)) {
      for (const { file: target, isType } of importsOf(file)) {
        if (target && !isType) {
          visit(target, [...way, file]);
        }
      }
      done.add(file);
    }
  };
  for (const file of sources) {
    visit(file, []);
  }
  expect(circles).toEqual([]);
});

test('ARCHITECTURE.md says of each room what it is for', () => {
  const rows = [...readFileSync('ARCHITECTURE.md', 'utf8').matchAll(/^\| `([\w/]+)\/` +\|/gm)].map(([, room]) => room);
  expect(rows.sort()).toEqual([...Object.keys(rooms), 'views'].sort());
});
