import { expect, test, vi } from 'vitest';
import type { Copied, Form } from '../../../../src/views/copy/copyForms';
import { pickForm } from '../../../../src/views/copy/pickForm';
import { tenantNode } from '../nodes';
import { QuickPick, window } from '../vscode';

vi.mock('vscode', () => import('../vscode'));

const copied: readonly Copied[] = ['Northwind', 'Contoso', 'Fabrikam'].map(name => ({
  node: tenantNode({ name, id: `id of ${name}` }),
  link: 'vscode://example',
  request: undefined,
}));

/** What Enter takes at once. */
async function taken(items: readonly Copied[], last: Form | undefined): Promise<Form | undefined> {
  const { pick, picked } = show(items, last);
  pick.accepted.fire();
  return await picked;
}

function show(items: readonly Copied[], last: Form | undefined) {
  const pick = new QuickPick();
  window.createQuickPick = () => pick;
  return { pick, picked: pickForm(items, last) };
}

test.each([
  ['the first form where none was chosen before', undefined, 'id'],
  ['the one that was chosen last', 'markdown', 'markdown'],
  ['the first form where there is nothing in the last one', 'curl', 'id'],
] as const)('Enter takes %s', async (_what, last, form) => {
  expect(await taken(copied, last)).toBe(form);
});

test('a preview is that of the first item, however many there are', () => {
  const { pick } = show(copied, undefined);
  expect(pick.items.find(({ label }) => label === 'ID')).toMatchObject({ description: 'id of Northwind' });
  expect(pick.items.find(({ label }) => label === 'JSON')).toMatchObject({
    description: expect.stringMatching(/^\{ "server": "em-prod"/),
  });
});
