import { expect, test, vi } from 'vitest';
import manifest from '../../package.json';
import { createFeatures } from '../../src/features';

/** Answers whatever it is asked with itself: commands are made here, and none is run. */
const anything: never = vi.hoisted(() => {
  const target = class {};
  const known: Readonly<Record<string | symbol, unknown>> = {
    prototype: target.prototype,
    [Symbol.iterator]: () => [][Symbol.iterator](),
    [Symbol.toPrimitive]: () => '',
  };
  const stub: object = new Proxy(target, {
    get: (_target, name) => (name in known ? known[name] : stub),
    apply: () => stub,
    construct: () => stub,
  });
  return stub as never;
});

vi.mock('vscode', () =>
  Object.fromEntries(
    ['commands', 'Disposable', 'env', 'EventEmitter', 'languages', 'l10n', 'ProgressLocation', 'QuickInputButtons']
      .concat(['ThemeColor', 'ThemeIcon', 'TreeItem', 'TreeItemCollapsibleState', 'Uri', 'window', 'workspace'])
      .map(name => [name, anything]),
  ),
);

/** Those of `start.ts`, which need nothing to be loaded. */
const atOnce = ['cancelLoad', 'getStarted', 'loadMore', 'refresh', 'showLog'];

test('each command of the manifest has its code, and no code is without a command', () => {
  const { commands } = createFeatures(anything);
  const declared = manifest.contributes.commands.map(({ command }) => command.replace('backupTenancy.', ''));
  expect([...Object.keys(commands), ...atOnce].sort()).toEqual(declared.sort());
});
