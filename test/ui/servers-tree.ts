import { errors, type Locator, type Page } from 'playwright-core';

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
  private readonly list: Locator;
  private readonly items: Locator;

  /** @param view the title of the view, as several have a tree */
  constructor(
    private readonly page: Page,
    view: string,
  ) {
    this.list = page.locator(`.part.sidebar [role=tree][aria-label="${view}"]`);
    this.items = this.list.locator('.monaco-list-rows [role=treeitem]');
  }

  async rows(): Promise<Row[]> {
    const rows = await this.items.evaluateAll(readRows);
    return rows.sort((a, b) => a.index - b.index).map(({ index: _, ...row }) => row);
  }

  async row(label: string, below?: string): Promise<Row> {
    return await this.with(label, below, async item => {
      const [row] = await item.evaluateAll(readRows);
      if (!row) {
        throw new errors.TimeoutError(`The row "${label}" has gone.`);
      }
      const { index: _, ...rest } = row;
      return rest;
    });
  }

  async expand(label: string, below?: string): Promise<void> {
    await this.toggle(label, below, 'true');
  }

  async collapse(label: string, below?: string): Promise<void> {
    await this.toggle(label, below, 'false');
  }

  async select(label: string, modifiers: ('ControlOrMeta' | 'Shift')[] = []): Promise<void> {
    await this.with(label, undefined, item => item.locator('.label-name').click({ modifiers, timeout }));
  }

  /** Moves to the first or the last row, wherever the focus is. */
  async go(key: 'Home' | 'End'): Promise<void> {
    await this.list.focus();
    await this.page.keyboard.press(key);
  }

  /** Waits until keys go to this row. */
  async focused(label: string): Promise<void> {
    const row = this.named(label).and(this.page.locator('[role=tree]:focus .focused'));
    await row.waitFor();
  }

  /** Drags the selected rows, of which `label` is one, or else that row, onto another one. */
  async drag(label: string, target: string): Promise<void> {
    const { mouse } = this.page;
    const from = await this.center(label);
    const to = await this.center(target);
    await mouse.move(from.x, from.y);
    await mouse.down();
    // Several moves, as a hand makes them: the first begins the drag, the last tells the row what is above it.
    await mouse.move(to.x, to.y, { steps: 10 });
    await mouse.move(to.x + 1, to.y);
    await mouse.up();
  }

  async contextMenu(label: string, entry: string, below?: string): Promise<void> {
    const menu = await this.openContextMenu(label, below);
    const action = menu.locator('.action-label', { hasText: exactly(entry) });
    await action.waitFor();
    // A menu that has just opened ignores clicks, lest the one that opened it hits an entry.
    await retry(async () => {
      // Closed by the click before, though late.
      if (await menu.isVisible()) {
        await action.click({ timeout });
        await menu.waitFor({ state: 'hidden', timeout: 300 });
      }
    });
  }

  async contextMenuEntries(label: string, below?: string): Promise<string[]> {
    const menu = await this.openContextMenu(label, below);
    const entries = await menu.locator('.action-label:not(.separator)').allInnerTexts();
    await this.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    return entries;
  }

  async inlineAction(label: string, title: string, below?: string): Promise<void> {
    await this.withInlineButtons(label, below, buttons =>
      // The key, if there is one, follows the title in brackets.
      buttons.and(this.page.locator(`[aria-label="${title}"], [aria-label^="${title} ("]`)).click({ timeout }),
    );
  }

  async inlineActions(label: string, below?: string): Promise<string[]> {
    return await this.withInlineButtons(label, below, async buttons => {
      const titles = (await buttons.all()).map(button => button.getAttribute('aria-label', { timeout }));
      return (await Promise.all(titles)).map(title => (title ?? '').replace(/ \([^)]*\)$/, ''));
    });
  }

  async tooltip(label: string): Promise<string> {
    // From elsewhere, so that the pointer enters the row.
    await this.page.mouse.move(800, 500);
    await this.with(label, undefined, item =>
      // At its beginning: the middle of a long name may lie out of sight.
      item.locator('.label-name').hover({ timeout, position: { x: 4, y: 8 } }),
    );
    const hover = this.page.locator('.workbench-hover .hover-contents');
    await hover.first().waitFor();
    return (await hover.allInnerTexts()).join('\n');
  }

  private async center(label: string): Promise<{ x: number; y: number }> {
    return await this.with(label, undefined, async item => {
      const box = await item.locator('.label-name').boundingBox({ timeout });
      if (!box) {
        throw new errors.TimeoutError(`The row "${label}" is not in sight.`);
      }
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    });
  }

  private async withInlineButtons<T>(
    label: string,
    below: string | undefined,
    use: (buttons: Locator) => Promise<T>,
  ): Promise<T> {
    return await this.with(label, below, async item => {
      // They are there only under the pointer.
      await item.hover({ timeout });
      return await use(item.locator('.actions a.action-label'));
    });
  }

  /** Leaves the menu open. */
  async openContextMenu(label: string, below: string | undefined): Promise<Locator> {
    const menu = this.page.locator('.monaco-menu');
    await this.with(label, below, async item => {
      await item.locator('.label-name').click({ button: 'right', timeout });
      // An editor that opens just then takes the focus away from the menu, and it closes.
      await menu.waitFor({ timeout });
    });
    return menu;
  }

  private async toggle(label: string, below: string | undefined, expanded: 'true' | 'false'): Promise<void> {
    await this.with(label, below, async item => {
      const loading = item.locator('.codicon-tree-item-loading');
      if ((await item.getAttribute('aria-expanded', { timeout })) !== expanded && (await loading.count()) === 0) {
        await item.locator('.monaco-tl-twistie').click({ timeout });
      }
      await item.and(this.page.locator(`[aria-expanded="${expanded}"]`)).waitFor({ timeout });
      await loading.waitFor({ state: 'detached', timeout });
      if (expanded === 'true') {
        await this.childInSight(item);
      }
    });
  }

  /**
   * Waits for the first row below this one. VS Code closes a row that was opened while it put in the rows around it; a person
   * opens it again then.
   */
  private async childInSight(item: Locator): Promise<void> {
    const [row] = await item.evaluateAll(readRows);
    const [list, box] = [await this.list.boundingBox({ timeout }), await item.boundingBox({ timeout })];
    if (row && list && box && box.y + 2 * box.height <= list.y + list.height) {
      const child = this.page.locator(`[data-index="${row.index + 1}"][aria-level="${row.level + 1}"]`);
      await this.items.and(child).waitFor({ timeout });
    }
  }

  /** Does something with a row; once more if the rows have moved meanwhile, because others above came or went. */
  private async with<T>(label: string, below: string | undefined, use: (item: Locator) => Promise<T>): Promise<T> {
    return await retry(async () => await use(await this.find(label, below)));
  }

  private async find(label: string, below: string | undefined): Promise<Locator> {
    const named = this.named(label);
    await named.first().waitFor({ timeout });
    if (below !== undefined) {
      await this.named(below).first().waitFor({ timeout });
    }
    // Rows do not lie in the page in the order in which they are on the screen, and those out of sight not at all.
    const [upper] = below === undefined ? [-1] : await indexes(this.named(below));
    const [index] = (await indexes(named)).filter(candidate => upper !== undefined && candidate > upper);
    // Without one, this waits for what is not there, and the caller looks again.
    return named.and(this.page.locator(`[data-index="${index}"]`));
  }

  private named(label: string): Locator {
    return this.items.filter({ has: this.page.locator('.label-name', { hasText: exactly(label) }) });
  }
}

/**
 * Tries again what has run into a timeout of its own. Each wait within the attempt needs a shorter one than the page's: waiting
 * that long uses up all the patience, and nothing is tried again.
 */
export async function retry<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || performance.now() > deadline) {
        throw error;
      }
    }
  }
}

async function indexes(rows: Locator): Promise<number[]> {
  return (await rows.evaluateAll(readRows)).map(row => row.index).sort((a, b) => a - b);
}

/** How long to wait, and for one attempt, in milliseconds. */
const patience = 20_000;
export const timeout = 2_000;

export function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}

/** What we use of an element of the page; the types of the browser are not those of this program. */
interface PageElement {
  getAttribute(name: string): string | null;
  querySelector(selector: string): { textContent: string | null } | null;
}

/** Runs inside the page, so it uses nothing from around it and names no inner functions (tsx would add a call for these). */
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
