import { expect, test } from 'vitest';
import { visibleText } from './text';
import { useWorkbench } from './use-workbench';

const workbench = useWorkbench();

test('an empty view says what can be added, and offers it', async () => {
  await workbench().openView();

  expect(await workbench().rows()).toEqual([]);
  await expect.poll(() => visibleText(workbench().welcome)).toContain('No backup server yet');
  expect(await workbench().welcome.getByRole('button').allInnerTexts()).toEqual(['Add Server', 'Get started']);
  await workbench().screenshot('out/screenshots/welcome.png');
});
