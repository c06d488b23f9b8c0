import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import manifest from '../../package.json';
import texts from '../../package.nls.json';

const source = readFileSync('package.json', 'utf8');

test('every text of the manifest is there, and none too many', () => {
  const used = new Set([...source.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
  expect([...used].sort()).toEqual(Object.keys(texts).sort());
});

test('no repository can set what touches network, certificates or hosts', () => {
  const settings = Object.entries(manifest.contributes.configuration.properties);
  expect(settings.length).toBeGreaterThan(0);
  for (const [name, { scope }] of settings) {
    expect(name).toMatch(/^backupTenancy\./);
    expect(scope, name).toBe('application');
  }
});

test('works in restricted and virtual workspaces, and where the user is rather than where the files are', () => {
  expect(manifest.capabilities).toEqual({ untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
  expect(manifest.extensionKind).toEqual(['ui', 'workspace']);
  // All others follow from what is declared: VS Code puts back panels that were open.
  expect(manifest.activationEvents).toEqual(['onWebviewPanel:backupTenancy.report']);
});

test('every command of a menu has a place in the palette or is kept out of it on purpose', () => {
  const commands = manifest.contributes.commands.map(({ command }) => command);
  const hidden = manifest.contributes.menus.commandPalette;
  expect(hidden.every(({ command, when }) => commands.includes(command) && when === 'false')).toBe(true);
});
