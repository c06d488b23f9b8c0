// VS Code with the packaged extension, as a person sees and uses it. Every method waits for what it needs; where a test
// has to wait for an effect, `expect.poll` does.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { launchChromium } from '../../scripts/vscode/chromium';
import {
  newest,
  obtainVSCode,
  type Settings,
  startWorkbench,
  versionOf,
  type WorkbenchServer,
} from '../../scripts/vscode/server';
import { Message } from './message';
import { QuickInput } from './quick-input';
import { type Row, retry, ServersTree, timeout } from './servers-tree';
import { visibleText } from './text';
import { Translation } from './translation';

export interface WorkbenchOptions {
  /** The package to install. */
  readonly vsix: string;
  readonly alsoInstall?: readonly string[];
  readonly settings?: Settings;
  readonly folder?: string;
  /** Environment variables for VS Code and the extension. */
  readonly env?: NodeJS.ProcessEnv;
  /** The window is in VS Code's Restricted Mode. */
  readonly restricted?: boolean;
  /** Secrets outlast the window, as on a desktop. Otherwise they are gone with the page: VS Code has no key to lock them with. */
  readonly keepsSecrets?: boolean;
  /** What the extension speaks, such as `de`; VS Code itself speaks English. */
  readonly language?: string;
}

/** In pixels of the window. */
interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Theme = keyof typeof themeClasses;

const themeClasses = {
  'Default Dark Modern': 'vs-dark',
  'Default Light Modern': 'vs',
  'Default High Contrast': 'hc-black',
  'Default High Contrast Light': 'hc-light',
} as const;

const themeLabels: Readonly<Record<Theme, string>> = {
  'Default Dark Modern': 'Dark Modern',
  'Default Light Modern': 'Light Modern',
  'Default High Contrast': 'Dark High Contrast',
  'Default High Contrast Light': 'Light High Contrast',
};

export class Workbench {
  readonly quickInput: QuickInput;
  /** The view below the servers. */
  readonly details: ServersTree;
  readonly pinned: ServersTree;
  private readonly tree: ServersTree;

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: WorkbenchServer,
    readonly translation: Translation,
  ) {
    this.quickInput = new QuickInput(page);
    this.tree = new ServersTree(page, translation.ofManifest('view.servers'));
    this.pinned = new ServersTree(page, translation.ofManifest('view.pinned'));
    this.details = new ServersTree(page, translation.ofManifest('view.details'));
  }

  static async start(options: WorkbenchOptions): Promise<Workbench> {
    const { vsix, alsoInstall = [], keepsSecrets = false, ...others } = options;
    const translation = await Translation.into(options.language);
    const version = versionOf(process.env.BACKUP_TENANCY_VSCODE ?? newest);
    const server = await startWorkbench({
      vscode: await obtainVSCode(version),
      extensions: [vsix, ...alsoInstall],
      ...others,
    });
    let browser: Browser | undefined;
    try {
      browser = await launchChromium();
      if (options.language) {
        // For its first window the server writes its list of language packs anew, which that window may find empty.
        const first = await browser.newContext();
        await Workbench.open(first, browser, server, translation);
        await first.close();
      }
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        locale: 'en-US',
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      if (keepsSecrets) {
        await context.route('**/mint-key', route => route.fulfill({ body: Buffer.alloc(32, 1) }));
      }
      return await Workbench.open(context, browser, server, translation);
    } catch (error) {
      await browser?.close();
      await server.stop();
      throw error;
    }
  }

  private static async open(
    context: BrowserContext,
    browser: Browser,
    server: WorkbenchServer,
    translation: Translation,
  ): Promise<Workbench> {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const workbench = new Workbench(page, browser, server, translation);
    await page.goto(server.url);
    await workbench.ready();
    return workbench;
  }

  /** Another window of the same profile. It is closed together with this one. */
  async newWindow(): Promise<Workbench> {
    return await Workbench.open(this.page.context(), this.browser, this.server, this.translation);
  }

  /** The folder of the profile with its settings and the storage of extensions. */
  get userData(): string {
    return this.server.userData;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  /** The same profile in a new window: what was saved is there, what was in memory is not. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** What VS Code has written down of the extension's own state; the page keeps it for seconds before it writes. */
  async storedState(): Promise<string> {
    return await this.stored('backup-tenancy.backup-tenancy-explorer');
  }

  /** The same for the editors that are open. It is written when the window loses the focus, so the window does. */
  async storedEditors(): Promise<string> {
    await this.page.evaluate(`for (const focused of [true, false]) {
      document.hasFocus = () => focused;
      window.dispatchEvent(new Event(focused ? 'focus' : 'blur'));
    }`);
    return await this.stored('memento/workbench.parts.editor');
  }

  private async stored(key: string): Promise<string> {
    return await this.page.evaluate<string>(readStored(key));
  }

  /** Waits until VS Code has put back what was open: before that, clicks open and close the wrong things. */
  private async ready(): Promise<void> {
    await this.page.waitForFunction(`performance.getEntriesByName('code/didStartWorkbench').length > 0`, undefined, {
      timeout: 60_000,
    });
    await this.icon('Backup Tenancy').waitFor({ timeout: 60_000 });
  }

  private icon(name: string): Locator {
    return this.page.locator(`.activitybar a[aria-label^="${name}"]`);
  }

  private get container(): Locator {
    return this.sideBar.locator('[id="workbench.view.extension.backupTenancy"]');
  }

  /** Opens the view and waits until the extension is there. */
  async openView(): Promise<void> {
    await this.show(this.container, 'Backup Tenancy');
    await this.container.locator('.pane-body').first().waitFor();
    await this.idle();
  }

  /** Brings this window in front of the others: those behind are not drawn, so nothing in them can be clicked. */
  async turnTo(): Promise<void> {
    await this.page.bringToFront();
  }

  /** Shows the files in place of the view. */
  async leaveView(): Promise<void> {
    await this.show(this.sideBar.locator('[id="workbench.view.explorer"]'), 'Explorer');
    await this.container.waitFor({ state: 'hidden' });
  }

  /** Shows a part of the side bar. VS Code may still be putting it back, and a click on what is shown closes it. */
  private async show(container: Locator, name: string): Promise<void> {
    await retry(async () => {
      if (!(await container.isVisible())) {
        await this.icon(name).click({ timeout });
      }
      await container.waitFor({ timeout: 5_000 });
    });
  }

  /** Waits until nothing in the side bar is at work any more. */
  async idle(): Promise<void> {
    await this.sideBar.locator('.monaco-progress-container.active').first().waitFor({ state: 'hidden' });
  }

  get sideBar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** The text that is shown instead of an empty tree. */
  get welcome(): Locator {
    return this.sideBar.locator('.welcome-view-content');
  }

  /** The button of this name over the rows of a view. */
  async titleAction(title: string, view = this.translation.ofManifest('view.servers')): Promise<void> {
    const header = this.header(view);
    // They are there only under the pointer.
    await header.hover();
    await header.locator(`a.action-label[aria-label^="${title}"]`).click();
  }

  /** The rows that are in sight, from top to bottom. */
  rows(): Promise<Row[]> {
    return this.tree.rows();
  }

  /** Waits until keys go to this row. */
  focused(label: string): Promise<void> {
    return this.tree.focused(label);
  }

  /** Waits for the row. Where several have this label it is the first one, or the first one below the row `below`. */
  row(label: string, below?: string): Promise<Row> {
    return this.tree.row(label, below);
  }

  expand(label: string, below?: string): Promise<void> {
    return this.tree.expand(label, below);
  }

  collapse(label: string, below?: string): Promise<void> {
    return this.tree.collapse(label, below);
  }

  /** Selects the row. With 'Control' or 'Shift' it adds to the selection. */
  select(label: string, modifiers: ('ControlOrMeta' | 'Shift')[] = []): Promise<void> {
    return this.tree.select(label, modifiers);
  }

  /** Moves to the first or the last row of the servers, wherever the focus is. */
  go(key: 'Home' | 'End'): Promise<void> {
    return this.tree.go(key);
  }

  /** Drags a row, or all selected ones with it, onto another one. */
  drag(label: string, target: string): Promise<void> {
    return this.tree.drag(label, target);
  }

  /** The entries of the row's context menu; the menu is closed again. */
  contextMenuEntries(label: string, below?: string): Promise<string[]> {
    return this.tree.contextMenuEntries(label, below);
  }

  /** The row's menu, which stays open. */
  openContextMenu(label: string, below?: string): Promise<Locator> {
    return this.tree.openContextMenu(label, below);
  }

  contextMenu(label: string, entry: string, below?: string): Promise<void> {
    return this.tree.contextMenu(label, entry, below);
  }

  /** The titles of the buttons in the row. */
  inlineActions(label: string, below?: string): Promise<string[]> {
    return this.tree.inlineActions(label, below);
  }

  inlineAction(label: string, title: string, below?: string): Promise<void> {
    return this.tree.inlineAction(label, title, below);
  }

  /** The row's tooltip, as text. */
  tooltip(label: string): Promise<string> {
    return this.tree.tooltip(label);
  }

  /** A key as Playwright names it: 'Enter', 'F5', 'ControlOrMeta+c'. */
  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Runs a command by its full title, "Backup Tenancy: Copy ID". */
  async palette(command: string): Promise<void> {
    // What opens just then may take the focus away from the list, and it closes.
    await retry(async () => {
      await this.press('F1');
      await this.quickInput.commands();
      await this.quickInput.type(`>${command}`, { timeout });
      await this.quickInput.pick(command, { timeout: 2 * timeout });
    });
  }

  /** Waits for the notification that contains `text`. */
  async notification(text: string): Promise<Message> {
    const toast = this.page
      .locator('.notifications-toasts .notification-list-item')
      .filter({ has: this.page.locator('.notification-list-item-message', { hasText: text }) })
      .last();
    await toast.waitFor();
    return new Message(toast, '.notification-list-item-message', undefined);
  }

  /** Waits for a modal dialog. */
  async dialog(): Promise<Message> {
    const box = this.page.locator('.monaco-dialog-box');
    await box.waitFor();
    return new Message(box, '.dialog-message-text', '.dialog-message-detail');
  }

  /** What stands in the editor in front, as far as it is in sight. */
  async editorText(): Promise<string> {
    const lines = this.page.locator('.editor-group-container.active .editor-instance .view-lines').last();
    return (await visibleText(lines)).replaceAll('\u00a0', ' ');
  }

  /** The button of this name over the editor in front. */
  async editorAction(title: string): Promise<void> {
    await this.page.locator(`.editor-group-container.active .editor-actions a[aria-label^="${title}"]`).click();
  }

  /** The title of the editor in front. */
  async activeEditor(): Promise<string> {
    const tab = this.page.locator('.editor-group-container.active .tab.active .monaco-icon-label-container');
    // The name and what it ends with may be parts of their own.
    return (await visibleText(tab)).replaceAll('\n', '');
  }

  async clipboard(): Promise<string> {
    return await this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  async widenSideBar(width: number): Promise<void> {
    const box = await this.sideBar.boundingBox();
    if (!box) {
      throw new Error('The side bar is closed.');
    }
    const y = box.y + box.height / 2;
    await this.dragPointer([box.x + box.width, y], [box.x + width, y]);
  }

  /** Makes room for the view, which is below another one. */
  async heightenView(view: string, height: number): Promise<void> {
    const header = await this.header(view).boundingBox();
    const sideBar = await this.sideBar.boundingBox();
    if (!header || !sideBar) {
      throw new Error(`The view "${view}" is not there.`);
    }
    const x = header.x + header.width / 2;
    await this.dragPointer([x, header.y], [x, sideBar.y + sideBar.height - height]);
  }

  private async dragPointer(from: [x: number, y: number], to: [x: number, y: number]): Promise<void> {
    await this.page.mouse.move(...from);
    await this.page.mouse.down();
    await this.page.mouse.move(...to, { steps: 4 });
    await this.page.mouse.up();
  }

  /** Opens or closes a view by its title. */
  async toggleView(view: string): Promise<void> {
    await this.header(view).locator('.title').click();
  }

  /** How much of the height of all views this one has. */
  async shareOfView(view: string): Promise<number> {
    const pane = await this.header(view).locator('..').boundingBox();
    const all = await this.container.boundingBox();
    if (!pane || !all) {
      throw new Error(`The view "${view}" is not there.`);
    }
    return pane.height / all.height;
  }

  private header(view: string): Locator {
    return this.sideBar.locator(`.pane-header[aria-label^="${view}"]`);
  }

  /** Changes the colours of the window as a person does it: in its file, settings are not VS Code's alone any more. */
  async useTheme(theme: Theme): Promise<void> {
    await this.palette('Preferences: Color Theme');
    await this.quickInput.placeholderIs('Select Color Theme');
    await this.quickInput.type(themeLabels[theme]);
    await this.quickInput.pick(themeLabels[theme]);
    await this.page.locator(`.monaco-workbench.${themeClasses[theme]}`).waitFor();
    await this.quickInput.closed();
  }

  /** What stands beside the title of the servers. */
  async viewDescription(): Promise<string> {
    const description = this.header(this.translation.ofManifest('view.servers')).locator('.description');
    return (await description.isVisible()) ? await visibleText(description) : '';
  }

  /** The text over the rows of the tree. */
  async viewMessage(): Promise<string> {
    return await visibleText(this.sideBar.locator('.tree-explorer-viewlet-tree-view .message'));
  }

  /** The window, or a part of it, without pointer and tooltips. */
  async screenshot(file: string, part?: Locator | Area): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    // Onto the empty middle of the status bar.
    const { width, height } = this.page.viewportSize() ?? { width: 1280, height: 800 };
    await this.page.mouse.move(width / 2, height - 8, { steps: 4 });
    // A tooltip may stay although the pointer has left: it is not what the picture is about, nor is VS Code's sign in an empty
    // editor. A style of the picture's own would go into all frames, where policies forbid it.
    const hidden = '.workbench-hover, .letterpress { visibility: hidden !important; }';
    const style = await this.page.addStyleTag({ content: hidden });
    const how = { path: file, caret: 'hide', animations: 'disabled' } as const;
    await (part && 'x' in part ? this.page.screenshot({ ...how, clip: part }) : (part ?? this.page).screenshot(how));
    await style.evaluate(element => element.parentNode?.removeChild(element));
  }

  /**
   * The same in light, high contrast and dark colours, which stay: `name-light.png` and so on in `out/screenshots`.
   * @param prepare opens a list that closes when colours are chosen
   */
  async screenshots(name: string, prepare?: () => Promise<void>): Promise<void> {
    for (const theme of ['Default Light Modern', 'Default High Contrast', 'Default Dark Modern'] as const) {
      await this.useTheme(theme);
      await prepare?.();
      await this.screenshot(`out/screenshots/${name}-${theme.split(' ')[1]?.toLowerCase()}.png`);
      if (prepare) {
        await this.quickInput.cancel();
      }
    }
  }

  /** For the message of a failed test: everything that is on the screen as text. */
  async text(): Promise<string> {
    return await visibleText(this.page.locator('.monaco-workbench'));
  }
}

// As text, since it runs in the page.
const readStored = (key: string): string => `(async () => {
  const done = request =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    if (name.startsWith('vscode-web-state-db-')) {
      const database = await done(indexedDB.open(name));
      const table = database.transaction('ItemTable').objectStore('ItemTable');
      found.push(await done(table.get(${JSON.stringify(key)})));
      database.close();
    }
  }
  return found.filter(Boolean).join('\\n');
})()`;
