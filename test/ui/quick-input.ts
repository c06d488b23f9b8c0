import type { Locator, Page } from 'playwright-core';
import { exactly, retry, timeout } from './servers-tree';
import { visibleText } from './text';

export interface QuickInputItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** The box at the top of the window: picking from a list, or typing a text. */
export class QuickInput {
  private readonly box: Locator;
  private readonly input: Locator;

  constructor(page: Page) {
    this.box = page.locator('.quick-input-widget');
    this.input = this.box.locator('.quick-input-box input');
  }

  async opened(): Promise<void> {
    await this.input.waitFor();
  }

  /** Waits for the step of this title. Titles may carry the number of the step: "Add Server (2/5)". */
  async step(title: string): Promise<void> {
    await this.box.locator('.quick-input-title', { hasText: title }).waitFor();
  }

  /** Waits for the list of all commands, which may take the place of another list. */
  async commands(): Promise<void> {
    await this.placeholderIs('Type the name of a command', { timeout });
  }

  /** Waits for the list whose empty box says this. */
  async placeholderIs(text: string, options: { timeout?: number } = {}): Promise<void> {
    await this.input.and(this.box.page().locator(`[placeholder^="${text}"]`)).waitFor(options);
  }

  async closed(): Promise<void> {
    await this.box.waitFor({ state: 'hidden' });
  }

  async title(): Promise<string> {
    return await visibleText(this.box.locator('.quick-input-title'));
  }

  async placeholder(): Promise<string> {
    return (await this.input.getAttribute('placeholder')) ?? '';
  }

  async value(): Promise<string> {
    return await this.input.inputValue();
  }

  async isPassword(): Promise<boolean> {
    return (await this.input.getAttribute('type')) === 'password';
  }

  /** The prompt under the box, or what is wrong with the text in it. */
  async message(): Promise<string> {
    return await visibleText(this.box.locator('.quick-input-message'));
  }

  async items(): Promise<QuickInputItem[]> {
    const rows = await this.rows.all();
    return await Promise.all(
      rows.map(async row => ({
        label: await joined(row.locator('.quick-input-list-row').first().locator('.label-name')),
        description: await joined(row.locator('.label-description')),
        detail: await joined(row.locator('.quick-input-list-label-meta')),
      })),
    );
  }

  async type(text: string, options: { timeout?: number } = {}): Promise<void> {
    await this.input.fill(text, options);
  }

  /** Clicks the item of this label. */
  async pick(label: string, options: { timeout?: number } = {}): Promise<void> {
    await this.named(label).click(options);
  }

  /** The buttons of the title bar and of the input. */
  async button(label: string): Promise<void> {
    await this.box.locator(`a.action-label[aria-label^="${label}"]`).first().click();
  }

  /** The button of this name on the item of this label. */
  async itemButton(label: string, title: string): Promise<void> {
    const row = this.named(label);
    // They are there only under the pointer.
    await row.hover();
    await row.locator(`a.action-label[aria-label^="${title}"]`).click();
  }

  /** The label of the item that Enter would take. */
  async activeItem(): Promise<string> {
    return await joined(this.rows.and(this.box.page().locator('.focused')).locator('.label-name').first());
  }

  async accept(): Promise<void> {
    // A box that has just opened may not have the focus yet.
    await this.input.and(this.box.page().locator(':focus')).waitFor();
    await this.input.press('Enter');
  }

  async cancel(): Promise<void> {
    // A box that was closed as soon as it opened comes back once.
    await retry(async () => {
      if (await this.box.isVisible()) {
        await this.box.page().keyboard.press('Escape');
      }
      await this.box.waitFor({ state: 'hidden', timeout: 600 });
    });
  }

  private named(label: string): Locator {
    const name = this.box.page().locator('.label-name', { hasText: exactly(label) });
    return this.rows.filter({ has: name }).first();
  }

  private get rows(): Locator {
    return this.box.locator('.quick-input-list .monaco-list-row');
  }
}

async function joined(locator: Locator): Promise<string> {
  return (await locator.allInnerTexts()).join(' ').trim();
}
