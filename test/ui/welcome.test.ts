import { expect, test } from 'vitest';
import { useWorkbench } from './use-workbench';

const workbench = useWorkbench();

test('an empty view says what can be added, and offers it', async () => {
  await workbench().openView();

  expect(await workbench().rows()).toEqual([]);
  expect(await workbench().welcome.textContent()).toContain('No backup server yet');
  expect(await workbench().welcome.getByRole('button').allInnerTexts()).toEqual(['Add Server']);
  await workbench().screenshot('out/screenshots/welcome.png');
});
