import type { Locator } from 'playwright-core';

/** The text as it is on the screen, without what is hidden. */
export async function visibleText(locator: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: this is a locator, and what cannot be seen must not count.
  return await locator.innerText();
}
