import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import manifest from '../../package.json';
import texts from '../../package.nls.json';
import { ordersOf } from '../../src/inventory/order';
import type { ItemKind } from '../../src/products/item';

const source = readFileSync('package.json', 'utf8');

test('every text of the manifest is there, and none too many', () => {
  const used = new Set([...source.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
  expect([...used].sort()).toEqual(Object.keys(texts).sort());
});

/** Settings that have to do with what is seen alone. */
const harmless = ['backupTenancy.inlayHints.enabled'];

test('no repository can set what touches network, certificates or hosts', () => {
  const all = Object.entries(manifest.contributes.configuration.properties);
  const settings = all.filter(([name]) => !harmless.includes(name));
  expect(settings.length).toBeGreaterThan(0);
  for (const [name, { scope }] of settings) {
    expect(name).toMatch(/^backupTenancy\./);
    expect(scope, name).toBe('application');
  }
});

test('the README lists every setting, and none too many', () => {
  const section =
    readFileSync('README.md', 'utf8')
      .split(/^#+ /m)
      .find(text => text.startsWith('Settings\n')) ?? '';
  const listed = [...section.matchAll(/^\| `(backupTenancy\.[\w.]+)` +\|/gm)].map(([, name]) => name);
  expect(listed).toEqual(Object.keys(manifest.contributes.configuration.properties));
});

test('every setting has a description, a default and a place', () => {
  const settings = Object.values(manifest.contributes.configuration.properties);
  for (const setting of settings) {
    expect(setting).toMatchObject({ markdownDescription: expect.stringMatching(/^%.+%$/), default: expect.anything() });
  }
  const orders = settings.map(({ order }) => order);
  expect(orders).toEqual([...new Set(orders)].sort((one, other) => one - other));
});

test('each kind can have the orders that it has, and no other', () => {
  const { properties } = manifest.contributes.configuration.properties['backupTenancy.sort'];
  for (const [kind, { enum: orders }] of Object.entries(properties)) {
    expect(orders, kind).toEqual(ordersOf(kind as ItemKind));
  }
  expect(Object.keys(properties)).not.toContain('server');
});

test('steps and welcome texts name only commands that are there, and pictures that are there', () => {
  // VS Code makes one itself for each view.
  const declared = [...manifest.contributes.commands.map(({ command }) => command), 'backupTenancy.servers.focus'];
  const named = [...JSON.stringify(texts).matchAll(/\]\(command:(backupTenancy\.[\w.]+)\)/g)].map(([, name]) => name);
  const completing = manifest.contributes.walkthroughs
    .flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents))
    .flatMap(event => /^onCommand:(.+)$/.exec(event)?.[1] ?? []);
  expect([...named, ...completing].filter(name => !declared.includes(name ?? ''))).toEqual([]);
  for (const { media } of manifest.contributes.walkthroughs.flatMap(({ steps }) => steps)) {
    expect(existsSync(media.svg), media.svg).toBe(true);
  }
});

test('works in restricted and virtual workspaces, and where the user is rather than where the files are', () => {
  expect(manifest.capabilities).toEqual({ untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
  expect(manifest.extensionKind).toEqual(['ui', 'workspace']);
  // All others follow from what is declared: links are followed, and VS Code puts back panels that were open.
  expect(manifest.activationEvents).toEqual(['onUri', 'onWebviewPanel:backupTenancy.report']);
});

test('every command of a menu has a place in the palette or is kept out of it on purpose', () => {
  const commands = manifest.contributes.commands.map(({ command }) => command);
  const hidden = manifest.contributes.menus.commandPalette;
  expect(hidden.every(({ command, when }) => commands.includes(command) && when !== '')).toBe(true);
});
