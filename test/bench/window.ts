import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createVSIX } from '@vscode/vsce';
import { packageExtension } from '../../scripts/package';
import { temporaryFolder } from '../../scripts/processes';
import { repository } from '../../scripts/repository';
import { Workbench } from '../ui/workbench';

export interface Packages {
  readonly ours: string;
  readonly others: readonly string[];
  remove(): Promise<void>;
}

/** Our package, and those of the extensions it is measured against. */
export async function packages(): Promise<Packages> {
  const folder = await temporaryFolder('bench-packages');
  const others = ['empty', 'constant', 'probe'].map(name => ({
    source: join(repository, 'test', 'bench', 'extensions', name),
    vsix: join(folder.path, `${name}.vsix`),
  }));
  for (const { source, vsix } of others) {
    await createVSIX({
      cwd: source,
      packagePath: vsix,
      dependencies: false,
      allowMissingRepository: true,
      skipLicense: true,
    });
  }
  return { ours: await packageExtension(), others: others.map(({ vsix }) => vsix), remove: folder.remove };
}

/** A VS Code with our extension, those of {@link packages}, and a way into its extension host. */
export class BenchWindow {
  private constructor(
    readonly workbench: Workbench,
    private readonly port: number,
    private readonly remove: () => Promise<void>,
  ) {}

  static async open({ ours, others }: Packages): Promise<BenchWindow> {
    const folder = await temporaryFolder('bench');
    const file = join(folder.path, 'port');
    const workbench = await Workbench.start({ vsix: ours, alsoInstall: others, env: { BACKUP_TENANCY_BENCH: file } });
    while (!existsSync(file)) {
      await pause(20);
    }
    return new BenchWindow(workbench, Number(await readFile(file, 'utf8')), folder.remove);
  }

  async close(): Promise<void> {
    await this.workbench.close();
    await this.remove();
  }

  async command(name: string, ...args: unknown[]): Promise<unknown> {
    return await this.ask({ action: 'command', name, args });
  }

  /** Bytes in use after a collection. */
  async heap(): Promise<number> {
    return Number(await this.ask({ action: 'heap' }));
  }

  /** Watches the extension host from now on. */
  async watch(): Promise<void> {
    await this.ask({ action: 'watch' });
  }

  /** Milliseconds for which the extension host did nothing else, at the longest, since {@link watch}. */
  async longestBlock(): Promise<number> {
    return Number(await this.ask({ action: 'longestBlock' }));
  }

  /** Opens a view container by its title in the activity bar. */
  async openContainer(title: string): Promise<void> {
    const icon = this.workbench.page.locator(`.activitybar .action-item:has(a[aria-label^="${title}"])`);
    // A click on the icon of what is open closes it.
    if ((await icon.and(this.workbench.page.locator('.checked')).count()) === 0) {
      await icon.click();
    }
    await this.workbench.sideBar.locator('.pane-body:visible').first().waitFor();
    await this.workbench.idle();
  }

  /**
   * Milliseconds from a click that opens a row until its first child is there, and until its last one is in sight. Measured
   * in the page, frame by frame.
   */
  async expand(label: string): Promise<{ first: number; last: number; rows: number }> {
    const script = await readFile(join(__dirname, 'expand-in-page.js'), 'utf8');
    return await this.workbench.page.evaluate(`${script}
expandInPage(${JSON.stringify(label)})`);
  }

  /** Closes a row, once it is in sight again. */
  async collapse(label: string): Promise<void> {
    await this.workbench.go('Home');
    await this.workbench.collapse(label);
  }

  private async ask(body: object): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.port}`, { method: 'POST', body: JSON.stringify(body) });
    const { result, error } = (await response.json()) as { result?: unknown; error?: string };
    if (!response.ok) {
      throw new Error(error);
    }
    return result;
  }
}
