import type { Locator } from 'playwright-core';
import { visibleText } from './text';

/** A notification or a modal dialog. */
export class Message {
  constructor(
    private readonly box: Locator,
    private readonly textSelector: string,
    private readonly detailSelector: string | undefined,
  ) {}

  async text(): Promise<string> {
    return await visibleText(this.box.locator(this.textSelector));
  }

  async detail(): Promise<string> {
    return this.detailSelector ? await visibleText(this.box.locator(this.detailSelector)) : '';
  }

  async buttons(): Promise<string[]> {
    return await this.box.locator('.monaco-text-button').allInnerTexts();
  }

  /** Presses the button and waits until the message has gone. */
  async press(button: string): Promise<void> {
    await this.box.locator('.monaco-text-button').getByText(button, { exact: true }).click();
    await this.box.waitFor({ state: 'hidden' });
  }
}
