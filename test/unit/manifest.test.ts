import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '@vscode/vsce';
import { expect, test, vi } from 'vitest';
import manifest from '../../package.json';
import texts from '../../package.nls.json';
import type { Remedy } from '../../src/base/failure';
import { Inventory } from '../../src/inventory/inventory';
import { ordersOf } from '../../src/inventory/tree/order';
import { allGroupings } from '../../src/inventory/tree/section';
import type { ItemKind } from '../../src/items/item';
import { allKinds } from '../../src/items/kinds';
import type { DocumentFormat } from '../../src/products/product';
import { documentScheme } from '../../src/views/documents/documentAddress';
import { ContextKeys } from '../../src/views/tree/contextKeys';
import type { Overview } from '../../src/views/tree/overview';

const contexts = vi.hoisted(() => new Set<string>());

vi.mock('vscode', async () => ({
  ...(await import('./views/vscode')),
  commands: { executeCommand: async (_command: string, key: string) => contexts.add(key) },
}));

const { contributes } = manifest;
const source = readFileSync('package.json', 'utf8');
/** All of `src`. */
const code = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => readFileSync(join('src', file), 'utf8'))
  .join('\n');
const declaredCommands = contributes.commands.map(({ command }) => command);
const declaredViews = Object.values(contributes.views).flatMap(views => views.map(({ id }) => id));

const itemKinds = allKinds().filter(kind => kind !== 'server' && kind !== 'group');

test('every text of the manifest is there, and none too many', () => {
  const used = new Set([...source.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
  expect([...used].sort()).toEqual(Object.keys(texts).sort());
});

/** Settings that have to do with what is seen and written alone. */
const harmless = ['backupTenancy.inlayHints.enabled', 'backupTenancy.changes.usedPercent', 'backupTenancy.csvStyle'];

test('no repository can set what touches network, certificates or hosts', () => {
  const all = Object.entries(manifest.contributes.configuration.properties);
  const settings = all.filter(([name]) => !harmless.includes(name));
  expect(settings.length).toBeGreaterThan(0);
  for (const [name, { scope }] of settings) {
    expect(name).toMatch(/^backupTenancy\./);
    expect(scope, name).toBe('application');
  }
});

test('the documentation lists every setting, and none too many', () => {
  const section =
    readFileSync('docs/settings-and-commands.md', 'utf8')
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
  const { properties } = contributes.configuration.properties['backupTenancy.sort'];
  expect(Object.keys(properties).sort()).toEqual([...itemKinds].sort());
  for (const [kind, { enum: orders }] of Object.entries(properties)) {
    expect(orders, kind).toEqual(ordersOf(kind as ItemKind));
  }
});

test('the setting names each grouping', () => {
  const { enum: names } = contributes.configuration.properties['backupTenancy.groupTenantsBy'];
  expect(names).toEqual(['none', ...allGroupings().keys()]);
});

test('language models can look for each kind', () => {
  const find = contributes.languageModelTools.find(({ name }) => name === 'backupTenancy_find');
  expect([...(find?.inputSchema.properties.kind?.enum ?? [])].sort()).toEqual([...itemKinds].sort());
});

test('every setting is read', () => {
  const names = Object.keys(contributes.configuration.properties);
  const short = (name: string) => name.replace(/^backupTenancy\./, '');
  expect(names.filter(name => !code.includes(`'${name}'`) && !code.includes(`'${short(name)}'`))).toEqual([]);
});

test('menus and keys name only commands that are there', () => {
  const named = [
    ...Object.values(contributes.menus).flatMap(menu => menu.map(({ command }) => command)),
    ...contributes.keybindings.flatMap(commandsOf).filter(command => command.startsWith('backupTenancy.')),
  ];
  expect(named.filter(command => !declaredCommands.includes(command))).toEqual([]);
});

test('the code runs only commands that are declared', () => {
  const commands = [...code.matchAll(/(?:executeCommand\(|command: )'(backupTenancy\.[\w.]+)'/g)]
    .map(([, name = '']) => name)
    .filter(name => !name.endsWith('.focus'));
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter(command => !declaredCommands.includes(command))).toEqual([]);
});

test('every command has a title and a category, and none is named twice', () => {
  expect(declaredCommands).toEqual([...new Set(declaredCommands)]);
  for (const { command, title, category } of contributes.commands) {
    expect({ title, category }).toEqual({
      title: `%${command.replace(/^backupTenancy\./, 'command.')}%`,
      category: '%category%',
    });
  }
});

test('what the palette never shows has another place', () => {
  const { commandPalette, ...menus } = contributes.menus;
  const elsewhere = [
    ...Object.values(menus).flatMap(menu => menu.map(({ command }) => command)),
    ...contributes.keybindings.flatMap(commandsOf),
  ];
  const hidden = commandPalette.flatMap(({ command, when }) => (when === 'false' ? [command] : []));
  expect(hidden.length).toBeGreaterThan(0);
  // A row's own command, or one for scripts.
  const isInCode = (command: string) => code.includes(`command: '${command}'`);
  const scripts = readFileSync('docs/scripts-and-api.md', 'utf8');
  const isForScripts = (command: string) => scripts.includes(`executeCommand('${command}'`);
  expect(
    hidden.filter(command => !elsewhere.includes(command) && !isInCode(command) && !isForScripts(command)),
  ).toEqual([]);
});

test('the views that are declared are those that are made, in a container that is there', () => {
  const made = [...code.matchAll(/createTreeView(?:<\w+>)?\('([\w.]+)'/g)].map(([, id]) => id);
  expect(made.sort()).toEqual([...declaredViews].sort());
  expect(Object.keys(contributes.views)).toEqual(contributes.viewsContainers.activitybar.map(({ id }) => id));
  expect(contributes.viewsWelcome.filter(({ view }) => !declaredViews.includes(view))).toEqual([]);
});

/** Conditions of VS Code's own that say yes or no. */
const ofVSCode = [
  ...['false', 'inputFocus'],
  ...['listFocus', 'listHasSelectionOrFocus', 'listMultiSelection', 'listDoubleSelection'],
];

test('a key asks VS Code for the row with the focus only where a row can have it, and else runs the command alone', () => {
  const onRow = contributes.keybindings.filter(({ command }) => command === 'runCommands');
  expect(onRow.length).toBeGreaterThan(0);
  for (const key of onRow) {
    const isOfView = /^focusedView == [\w.]+ && listFocus && !inputFocus/.exec(key.when)?.[0];
    expect(key.when).toBe(`${isOfView} && listHasSelectionOrFocus && !listMultiSelection`);
    const others = contributes.keybindings.filter(
      other => other !== key && other.key === key.key && other.when.startsWith(`${isOfView}`),
    );
    for (const other of others) {
      expect(other.when).toBe(`${isOfView} && (listMultiSelection || !listHasSelectionOrFocus)`);
      expect(commandsOf(key)).toContain(other.command);
    }
  }
});

/** What of the settings conditions may read. */
const settingKeys = Object.keys(contributes.configuration.properties).map(name => `config.${name}`);

test('conditions read only what VS Code or this extension tells', () => {
  expect(conditions.length).toBeGreaterThan(50);
  for (const { key, value, text } of conditions.filter(({ key }) => !key.startsWith('backupTenancy.'))) {
    switch (key) {
      case 'view':
      case 'focusedView':
        expect(declaredViews, text).toContain(value);
        break;
      case 'resourceScheme':
        expect(value, text).toBe(documentScheme);
        break;
      case 'resourceFilename':
        expect(value, text).toBe(String.raw`/^backup-tenancy.*\.json$/`);
        break;
      case 'viewItem':
        for (const facet of facetsIn(value)) {
          expect(facets, text).toContain(facet);
        }
        break;
      default:
        expect([...ofVSCode, ...settingKeys], text).toContain(key);
        expect(value, text).toBe('');
    }
  }
});

test('every context key of this extension that is read is set, and the other way round', () => {
  new ContextKeys(new Inventory({ children: async () => ({ items: [] }) }, console), () => undefined).dispose();
  const asked = [...code.matchAll(/setContext\('(\w+)'/g)].map(([, key]) => `backupTenancy.${key}`);
  const completing = contributes.walkthroughs
    .flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents))
    .flatMap(event => /^onContext:(.+)$/.exec(event)?.[1] ?? []);
  const own = conditions.filter(({ key }) => key.startsWith('backupTenancy.'));
  expect(new Set([...own.map(({ key }) => key), ...completing])).toEqual(new Set([...contexts, ...asked]));

  const overviews = Object.keys({ various: true, signedOut: true, failing: true } satisfies Record<Overview, true>);
  for (const { key, value, text } of own.filter(each => each.value !== '')) {
    expect(key, text).toBe('backupTenancy.overview');
    expect(overviews, text).toContain(value);
  }
});

test('what the manifest names is in the package', async () => {
  const pictures = [
    manifest.icon,
    ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
    ...Object.values(contributes.views).flatMap(views => views.map(({ icon }) => icon)),
    ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
  ];
  const schemas = [
    ...contributes.jsonValidation.map(({ url }) => url),
    ...contributes.languages.map(({ configuration }) => configuration),
    ...contributes.grammars.map(({ path }) => path),
  ].map(file => file.replace(/^\.\//, ''));
  const packed = await listFiles({ cwd: process.cwd(), packageManager: 2 /* none: nothing of node_modules */ });
  expect([...pictures, ...schemas].filter(file => !packed.includes(file))).toEqual([]);
});

test('steps and welcome texts name only commands that are there', () => {
  // VS Code makes one itself for each view.
  const known = [...declaredCommands, ...declaredViews.map(view => `${view}.focus`)];
  const named = [...JSON.stringify(texts).matchAll(/\]\(command:([\w.]+)\)/g)].map(([, name]) => name);
  const completing = contributes.walkthroughs
    .flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents))
    .flatMap(event => /^onCommand:(.+)$/.exec(event)?.[1] ?? []);
  expect([...named, ...completing].filter(name => !known.includes(name ?? ''))).toEqual([]);
});

test('works in restricted and virtual workspaces, and where the user is rather than where the files are', () => {
  expect(manifest.capabilities).toEqual({ untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
  expect(manifest.extensionKind).toEqual(['ui', 'workspace']);
  // All others follow from what is declared: links are followed, and VS Code puts back panels that were open. A language as
  // common as JSON would load the extension into nearly every window, while VS Code starts.
  expect(manifest.activationEvents).toEqual(['onUri', 'onWebviewPanel:backupTenancy.report']);
});

/** What decides whether a command, a menu's entry, a key or a text is there, one comparison each. */
const conditions = [...source.matchAll(/"(?:when|enablement)": "((?:[^"\\]|\\.)*)"/g)]
  .map(([, text = '']): string => JSON.parse(`"${text}"`))
  .flatMap(text => text.split(/ (?:&&|\|\|) /).map(term => ({ text, term })))
  .map(({ text, term }) => {
    // Of `path in paths`, this extension tells the paths.
    const [, key = '', value = ''] = /^\(?!?(?:resourcePath in )?([\w.]+)(?: (?:==|=~) (.+?)|\))?$/.exec(term) ?? [];
    return { key, value, text };
  });

/** What rows tell of themselves to menus, in the parts of their `contextValue`. */
const facets = [
  ...[...code.matchAll(/'((?:kind|of|has|can)=\w+)'/g)].map(([, facet]) => facet),
  ...allKinds().flatMap(kind => [`kind=${kind}`, `of=${kind}`]),
  ...Object.keys({ json: true, xml: true } satisfies Record<DocumentFormat, true>).map(format => `can=${format}`),
  ...Object.keys({
    retry: true,
    signIn: true,
    trust: true,
    edit: true,
    connectionOptions: true,
    showLog: true,
  } satisfies Record<Remedy, true>).map(remedy => `can=${remedy}`),
];

/** `/\bkind=(server|folder)\b/` asks for `kind=server` and for `kind=folder`. */
function facetsIn(expression: string): string[] {
  let name = '';
  return [...expression.replace(/\\b|\(\?!\w+\)/g, ' ').matchAll(/(\w+=)|\w+/g)].flatMap(([word, begins]) => {
    name = begins ?? name;
    return begins ? [] : [name + word];
  });
}

/** The commands that a key runs, one or several. */
function commandsOf(key: { command: string; args?: { commands?: (string | { command: string })[] } }): string[] {
  return (key.args?.commands ?? [key.command]).map(step => (typeof step === 'string' ? step : step.command));
}

test('the menu of an error row has each remedy once, and what copies the message', () => {
  const menu = contributes.menus['view/item/context'].filter(({ group }) => !group.startsWith('inline'));
  const entriesOf = (viewItem: string) =>
    menu
      .filter(({ when }) => when.startsWith('view == backupTenancy.servers'))
      .filter(({ when }) => new RegExp(/=~ \/(.*)\//.exec(when)?.[1] ?? '.').test(viewItem))
      .map(({ command }) => command.replace('backupTenancy.', ''));
  const remedies = {
    signIn: 'signIn',
    trust: 'trustCertificate',
    edit: 'editServer',
    connectionOptions: 'connectionOptions',
    retry: 'refresh',
    showLog: 'showLog',
  };
  const all = Object.keys(remedies).map(remedy => `can=${remedy}`);
  expect(entriesOf(`kind=failure;${all.join(';')}`)).toEqual([...Object.values(remedies), 'copyMessage']);
  for (const [remedy, command] of Object.entries(remedies)) {
    expect(entriesOf(`kind=failure;can=${remedy}`)).toEqual([command, 'copyMessage']);
  }
});

/** The remedies of each failure that the code has, first what helps first. */
const remedyOrders = [...code.matchAll(/remedies: readonly Remedy\[\] = \[(.*)\]/g)].map(([, list = '']) =>
  [...list.matchAll(/'(\w+)'/g)].map(([, remedy]) => remedy as Remedy),
);

test.each(['inline@', '0_remedy@'])('offers the remedies of each failure in its own order: %s', place => {
  const command: Readonly<Record<Remedy, string>> = {
    signIn: 'signIn',
    trust: 'trustCertificate',
    edit: 'editServer',
    connectionOptions: 'connectionOptions',
    retry: 'refresh',
    showLog: 'showLog',
  };
  const entries = contributes.menus['view/item/context']
    .filter(({ group, when }) => group.startsWith(place) && /=~ .*can=/.test(when))
    .sort((one, other) => one.group.localeCompare(other.group));
  expect(remedyOrders.length).toBeGreaterThan(10);
  for (const remedies of remedyOrders) {
    const viewItem = ['kind=failure', ...remedies.map(remedy => `can=${remedy}`)].join(';');
    const shown = entries.filter(({ when }) => new RegExp(/=~ \/(.*)\//.exec(when)?.[1] ?? '.').test(viewItem));
    expect(new Set(shown.map(({ group }) => group)).size).toBe(shown.length);
    expect(shown.map(each => each.command)).toEqual(remedies.map(remedy => `backupTenancy.${command[remedy]}`));
  }
});

test.each([
  ['kind=server;has=session', ['signOut']],
  ['kind=server;can=signIn', ['signIn']],
  // Not opened yet: nobody knows.
  ['kind=server', ['signIn', 'signOut']],
])('the menu of a server offers to sign in or out as it applies: %s', (viewItem, commands) => {
  const shown = contributes.menus['view/item/context']
    .filter(({ group }) => group.startsWith('3_session'))
    .filter(({ command }) => /sign/.test(command))
    .filter(({ when }) => new RegExp(/=~ \/(.*)\//.exec(when)?.[1] ?? '.').test(viewItem));
  expect(shown.map(({ command }) => command.replace('backupTenancy.', ''))).toEqual(commands);
});
