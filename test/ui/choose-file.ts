import { expect } from 'vitest';
import type { Workbench } from './workbench';

/**
 * Answers VS Code's own dialog for files. It shows a folder a moment after it has opened, and its path over whatever was
 * typed until then.
 * @param neighbour another file of the folder that the dialog shows
 */
export async function chooseFile(
  { quickInput }: Workbench,
  title: string,
  file: string,
  neighbour = 'sample-servers.json',
): Promise<void> {
  const files = async () => (await quickInput.items()).map(({ label }) => label);
  await quickInput.step(title);
  await expect.poll(files).toContain('..');
  await quickInput.type(file);
  await expect.poll(files).toContain(neighbour);
  await quickInput.accept();
}
