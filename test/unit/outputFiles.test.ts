import { basename } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { outputFiles } from '../../scripts/output-files.mjs';

/** What stands in each output file: modules of `src`, and packages by their names. */
const contents = new Map<string, { readonly modules: readonly string[]; readonly packages: readonly string[] }>();

beforeAll(async () => {
  const { metafile } = await build({
    entryPoints: ['src/extension.ts', 'src/features.ts', 'src/network.ts', 'src/rows.ts', 'src/start.ts'],
    outdir: 'dist',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    packages: 'external',
    plugins: [outputFiles],
  });
  for (const [file, { inputs, imports }] of Object.entries(metafile.outputs)) {
    const packages = imports.map(({ path }) => path).filter(path => !path.startsWith('node:'));
    contents.set(basename(file), { modules: Object.keys(inputs), packages: [...new Set(packages)].sort() });
  }
});

test('what is loaded at activation needs VS Code and no library', () => {
  expect(contents.get('extension.js')?.packages).toEqual(['./start', 'vscode']);
});

test('activation knows nothing of servers and views', () => {
  const rooms = contents.get('extension.js')?.modules.filter(module => /^src\/\w+\//.test(module));
  expect(rooms?.filter(module => !module.startsWith('src/base/'))).toEqual([]);
});

test('what follows at once needs one library alone', () => {
  expect(contents.get('start.js')?.packages).toEqual(['./features', './network', './rows', '@vscode/l10n', 'vscode']);
});

test('nothing else asks for other output files', () => {
  const others = [...contents].filter(([file]) => file !== 'extension.js' && file !== 'start.js');
  expect(others.flatMap(([, { packages }]) => packages.filter(each => each.startsWith('.')))).toEqual([]);
});

test('no kind of items is loaded before a row, and of products only what the list of servers is read with', () => {
  const modules = contents.get('start.js')?.modules ?? [];
  expect(modules.filter(module => module.startsWith('src/items/'))).toEqual(['src/items/unreadable.ts']);
  const [folder, info] = [/^src\/products\/(?!reading\/)[\w-]+\//, /^src\/products\/[\w-]+\/info\.ts$/];
  expect(modules.filter(module => folder.test(module) && !info.test(module))).toEqual([]);
});

test('rows are shown without any command or request', () => {
  const commands = /Commands?\.ts$|^src\/(?:agents|http|report|servers\/(?:connection|session))\//;
  expect(contents.get('rows.js')?.modules.filter(module => commands.test(module))).toEqual([]);
});

test('requests are made by one file alone, which does not know VS Code', () => {
  const [requests, products] = [/^src\/http\/transport\.ts$/, /^src\/products\/[\w-]+\/(client|session|wire)\.ts$/];
  for (const [file, { modules, packages }] of contents) {
    const isNetwork = file === 'network.js';
    expect(packages.includes('undici'), file).toBe(isNetwork);
    expect(packages.includes('fast-xml-parser'), file).toBe(isNetwork);
    expect(
      modules.some(module => requests.test(module)),
      file,
    ).toBe(isNetwork);
    expect(
      modules.some(module => products.test(module)),
      file,
    ).toBe(isNetwork);
    expect(packages.includes('vscode'), file).toBe(!isNetwork);
  }
});
