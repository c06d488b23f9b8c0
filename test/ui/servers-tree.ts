import type { Locator, Page } from 'playwright-core';

/** One row of the tree as it is on the screen. */
export interface Row {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly ariaLabel: string;
  /** 1 for a server. */
  readonly level: number;
  /** Absent for a row that has nothing below it. */
  readonly expanded?: boolean;
  readonly selected: boolean;
}

export class ServersTree {
  private readonly items: Locator;

  constructor(private readonly page: Page) {
    this.items = page.locator('.part.sidebar [role=tree][aria-label="Servers"] .monaco-list-rows [role=treeitem]');
  }

  async rows(): Promise<Row[]> {
    const rows = await this.items.evaluateAll(readRows);
    return rows.sort((a, b) => a.index - b.index).map(({ index: _, ...row }) => row);
  }

  async row(label: string, below?: string): Promise<Row> {
    const [row] = await (await this.item(label, below)).evaluateAll(readRows);
    if (!row) {
      // It was there and has gone: look again.
      return await this.row(label, below);
    }
    const { index: _, ...rest } = row;
    return rest;
  }

  async expand(label: string, below?: string): Promise<void> {
    await this.toggle(label, below, 'true');
  }

  async collapse(label: string, below?: string): Promise<void> {
    await this.toggle(label, below, 'false');
  }

  async select(label: string, modifiers: ('ControlOrMeta' | 'Shift')[]): Promise<void> {
    await (await this.item(label)).locator('.label-name').click({ modifiers });
  }

  async contextMenu(label: string, entry: string): Promise<void> {
    const menu = await this.openContextMenu(label);
    await menu.locator('.action-label', { hasText: exactly(entry) }).click();
    await menu.waitFor({ state: 'hidden' });
  }

  async contextMenuEntries(label: string): Promise<string[]> {
    const menu = await this.openContextMenu(label);
    const entries = await menu.locator('.action-label:not(.separator)').allInnerTexts();
    await this.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    return entries;
  }

  async inlineAction(label: string, title: string): Promise<void> {
    const actions = await this.inlineButtons(label);
    // The key, if there is one, follows the title in brackets.
    await actions.and(this.page.locator(`[aria-label="${title}"], [aria-label^="${title} ("]`)).click();
  }

  async inlineActions(label: string): Promise<string[]> {
    const buttons = await (await this.inlineButtons(label)).all();
    return await Promise.all(
      buttons.map(async button => ((await button.getAttribute('aria-label')) ?? '').replace(/ \([^)]*\)$/, '')),
    );
  }

  async tooltip(label: string): Promise<string> {
    // From elsewhere, so that the pointer enters the row.
    await this.page.mouse.move(800, 500);
    await (await this.item(label)).locator('.label-name').hover();
    const hover = this.page.locator('.workbench-hover .hover-contents');
    await hover.first().waitFor();
    return (await hover.allInnerTexts()).join('\n');
  }

  private async inlineButtons(label: string): Promise<Locator> {
    const item = await this.item(label);
    // They are there only under the pointer.
    await item.hover();
    return item.locator('.actions a.action-label');
  }

  private async openContextMenu(label: string): Promise<Locator> {
    await (await this.item(label)).locator('.label-name').click({ button: 'right' });
    const menu = this.page.locator('.monaco-menu');
    await menu.waitFor();
    return menu;
  }

  private async toggle(label: string, below: string | undefined, expanded: 'true' | 'false'): Promise<void> {
    const item = await this.item(label, below);
    if ((await item.getAttribute('aria-expanded')) !== expanded) {
      await item.locator('.monaco-tl-twistie').click();
    }
    await item.and(this.page.locator(`[aria-expanded="${expanded}"]`)).waitFor();
    await item.locator('.codicon-tree-item-loading').waitFor({ state: 'detached' });
  }

  private async item(label: string, below?: string): Promise<Locator> {
    const named = (name: string): Locator =>
      this.items.filter({ has: this.page.locator('.label-name', { hasText: exactly(name) }) });
    if (below === undefined) {
      await named(label).first().waitFor();
      return await this.topmost(named(label), 0);
    }
    const upper = await this.item(below);
    const from = Number(await upper.getAttribute('data-index'));
    await named(label).first().waitFor();
    return await this.topmost(named(label), from + 1);
  }

  /** Rows come and go while one scrolls or loads, and their order in the page is not the order on the screen. */
  private async topmost(rows: Locator, from: number): Promise<Locator> {
    const indexes = (await rows.evaluateAll(readRows)).map(row => row.index).filter(index => index >= from);
    return rows.and(this.page.locator(`[data-index="${Math.min(...indexes)}"]`));
  }
}

export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

/** What we use of an element of the page; the types of the browser are not those of this program. */
interface PageElement {
  getAttribute(name: string): string | null;
  querySelector(selector: string): { textContent: string | null } | null;
}

/** Runs inside the page, so it uses nothing from around it. */
function readRows(elements: PageElement[]): (Row & { index: number })[] {
  return elements.map(element => {
    const expanded = element.getAttribute('aria-expanded');
    return {
      index: Number(element.getAttribute('data-index')),
      label: element.querySelector('.label-name')?.textContent ?? '',
      description: element.querySelector('.label-description')?.textContent ?? '',
      ariaLabel: element.getAttribute('aria-label') ?? '',
      level: Number(element.getAttribute('aria-level')),
      ...(expanded === null ? {} : { expanded: expanded === 'true' }),
      selected: element.getAttribute('aria-selected') === 'true',
    };
  });
}
