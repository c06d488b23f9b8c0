// npm run pictures             those of the README and of docs in media/pictures, in light and dark, from the packaged
//                              extension and sample servers
// npm run pictures -- wizard   only those with "wizard" in their name, or what else matches
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { type EnterpriseManagerData, MFA_CODE } from '../../test/sample-servers';
import { Report } from '../../test/ui/report';
import type { Workbench } from '../../test/ui/workbench';
import { runMain } from '../processes';
import { repository } from '../repository';
import type { SampleServers } from '../sample-servers';
import { openTree } from './scenes';
import { everything, inSession, openGrownReport } from './session';

const themes = { light: 'Default Light Modern', dark: 'Default Dark Modern' } as const;
const script = 'quotas.ps1';
const list = 'backup-tenancy-tenants.json';
/** Beside it: VS Code's dialog lists what is of the same type. */
const neighbour = 'companies.json';
const only = new RegExp(process.argv[2] ?? '');

async function main(): Promise<void> {
  let workspace = '';
  await inSession(
    everything,
    async ({ workbench, servers }) => {
      await workbench.widenSideBar(440);
      await takeTrees(workbench);
      // So wide that the side bar does not reach below a list.
      await workbench.page.setViewportSize({ width: 1800, height: 1000 });
      const names = namesOf(servers);
      await takeLists(workbench, names);
      await takeServers(workbench, servers, names);
      await takeEditors(workbench, join(workspace, list));
    },
    async (folder, servers) => {
      workspace = join(folder, 'workspace');
      await mkdir(workspace);
      await writeFile(join(workspace, neighbour), '[]\n');
      await writeFile(join(workspace, script), scriptWith(servers.enterpriseManager.data));
      const settings = { 'backupTenancy.inlayHints.enabled': true, 'editor.minimap.enabled': false };
      return { folder: workspace, settings };
    },
  );
}

/** Two windows' height of rows: each product down to what it is used for. */
async function takeTrees(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await page.setViewportSize({ width: 1600, height: 1000 });
  await openTree(workbench);
  await workbench.contextMenu('Repo North', 'Pin');
  await workbench.contextMenu('Northwind', 'Pin');
  await workbench.pinned.row('Northwind');
  await inBoth(workbench, 'tree', file => workbench.screenshot(file, workbench.sideBar));
  await workbench.contextMenu('Northwind', 'Open Details', 'Cloud Tenants');
  await workbench.details.row('Usage');
  await workbench.heightenView('Details', 400);
  await inBoth(workbench, 'details', file => workbench.screenshot(file, workbench.sideBar.locator('.pane').last()));
  await workbench.toggleView('Details');
  await workbench.toggleView('Pinned');
  await workbench.collapse('em-sample');
  await workbench.collapse('m365-sample');
  for (const label of ['vbr-sample', 'Scale-Out Repositories', 'Scale-out 1']) {
    await workbench.expand(label);
  }
  for (const tier of ['Performance Tier', 'Capacity Tier', 'Archive Tier']) {
    await workbench.expand(tier);
  }
  await workbench.expand('vspc-sample');
  await workbench.expand('Companies');
  await workbench.expand('Northwind', 'Companies');
  await workbench.expand('Cloud Connect Tenants');
  await workbench.expand('Northwind', 'Cloud Connect Tenants');
  await workbench.expand('Backup Resources');
  await workbench.row('nw-user-01', 'Backup Resources');
  await workbench.idle();
  await inBoth(workbench, 'tree-down', file => workbench.screenshot(file, workbench.sideBar));
}

async function takeLists(workbench: Workbench, names: Names): Promise<void> {
  const { quickInput } = workbench;
  const labels = async () => (await quickInput.items()).map(({ label }) => label);
  await workbench.collapse('vbr-sample');
  await workbench.collapse('Northwind', 'Companies');
  await inBoth(workbench, 'everywhere', async file => {
    await workbench.contextMenu('Contoso', 'Show Everywhere', 'Companies');
    await quickInput.step('Contoso everywhere');
    await until(async () => (await quickInput.items()).length >= 8);
    await takePart(workbench, file, '.quick-input-widget', names);
    await quickInput.cancel();
  });
  await workbench.inlineAction('Contoso', 'Copy ID', 'Companies');
  await workbench.collapse('vspc-sample');
  await workbench.expand('em-sample');
  await workbench.inlineAction('nw-user-01', 'Copy ID');
  const find = async (file: string, text: string, active: string) => {
    await workbench.titleAction('Find');
    await quickInput.step('Find');
    await quickInput.type(text);
    // Everything was looked through.
    await quickInput.step('Find in');
    await until(async () => (await quickInput.items()).some(({ label }) => label === active));
    await takePart(workbench, file, '.quick-input-widget', names);
    await quickInput.cancel();
  };
  await inBoth(workbench, 'find', file => find(file, 'nor', 'Northwind'));
  await inBoth(workbench, 'find-at-hand', file => find(file, '', 'Northwind'));
  await inBoth(workbench, 'copy', async file => {
    await workbench.contextMenu('Northwind', 'Copy As…', 'Cloud Tenants');
    await quickInput.opened();
    await until(async () => (await labels()).includes('ID'));
    await takePart(workbench, file, '.quick-input-widget', names);
    await quickInput.cancel();
  });
}

/** How servers are added and changed, and what else their menu has. */
async function takeServers(workbench: Workbench, { further }: SampleServers, names: Names): Promise<void> {
  const { quickInput } = workbench;
  if (!further) {
    throw new Error('Not every product has a server.');
  }
  const { backupReplication, serviceProviderConsole } = further;
  const answer = async (step: string, text: string) => {
    await quickInput.step(step);
    await quickInput.type(text);
    await quickInput.accept();
  };
  await workbench.collapse('em-sample');
  await inBoth(workbench, 'wizard', async file => {
    await workbench.titleAction('Add Server');
    await answer('Address', `127.0.0.1:${backupReplication.port}`);
    await quickInput.step('Account');
    await takePart(workbench, file, '.quick-input-widget', names);
    await quickInput.cancel();
  });
  await inBoth(workbench, 'wizard-code', async file => {
    await workbench.titleAction('Add Server');
    await answer('Address', `127.0.0.1:${serviceProviderConsole.port}`);
    await answer('Account', 'EXAMPLE\\second-factor');
    await answer('Password', serviceProviderConsole.password);
    await quickInput.pick('Remember the password');
    await answer('Name', 'console');
    await quickInput.step('One-Time Code');
    await quickInput.type(MFA_CODE);
    await takePart(workbench, file, '.quick-input-widget', names);
    await quickInput.cancel();
  });
  await inBoth(workbench, 'edit', async file => {
    await workbench.contextMenu('vbr-sample', 'Edit Server…');
    await quickInput.placeholderIs('Choose what to change');
    await takePart(workbench, file, '.quick-input-widget', names);
    await quickInput.cancel();
  });
  await inBoth(workbench, 'menu', async file => {
    const menu = await workbench.openContextMenu('em-sample');
    await menu.locator('.action-label', { hasText: 'Open in Web Console' }).hover();
    await takePart(workbench, file, '.monaco-menu', {}, workbench.sideBar);
    await workbench.press('Escape');
    await menu.waitFor({ state: 'hidden' });
  });
}

/** What is shown in place of texts that differ from one run to the next. */
type Names = Readonly<Record<string, string>>;

function namesOf({ vb365, enterpriseManager, further }: SampleServers): Names {
  return {
    [`127.0.0.1:${vb365.port}`]: 'm365.example.com:4443',
    [`127.0.0.1:${enterpriseManager.port}`]: 'em.example.com:9398',
    [`127.0.0.1:${further?.backupReplication.port}`]: 'vbr01.example.com:9419',
    [`127.0.0.1:${further?.serviceProviderConsole.port}`]: 'console.example.com:1280',
    '127.0.0.1': 'vbr01.example.com',
    'code-oss:': 'vscode:',
  };
}

async function takeEditors(workbench: Workbench, exported: string): Promise<void> {
  const { page, quickInput } = workbench;
  const editor = page.locator('.part.editor');
  const open = async (name: string) => {
    await workbench.leaveView();
    await page.locator('.explorer-folders-view .label-name', { hasText: name }).dblclick();
    await until(async () => (await workbench.activeEditor()) === name);
  };
  await page.setViewportSize({ width: 1240, height: 420 });
  await open(script);
  await page.locator('.view-line', { hasText: 'Northwind' }).waitFor();
  await inBoth(workbench, 'ids', async file => {
    // From elsewhere, so that the pointer enters the ID; where it stays, or the tooltip would go.
    await page.mouse.move(800, 300);
    await page
      .locator('.view-line', { hasText: '$tenant3 =' })
      .getByText(/^'[0-9a-f]{8}-/)
      .hover({ position: { x: 90, y: 8 } });
    await page.locator('.monaco-hover', { hasText: 'em-sample' }).waitFor();
    await editor.screenshot({ path: file, caret: 'hide', animations: 'disabled' });
  });
  await page.setViewportSize({ width: 1440, height: 760 });
  await workbench.openView();
  await workbench.expand('em-sample');
  await workbench.contextMenu('Cloud Tenants', 'Export List…');
  await quickInput.placeholderIs('Choose the kinds to export');
  await quickInput.accept();
  await quickInput.pick('JSON');
  await quickInput.step('Export List');
  const files = async () => (await quickInput.items()).map(({ label }) => label);
  // VS Code shows a folder a moment after the dialog has opened, and its path over what was typed until then.
  await until(async () => (await files()).includes('..'));
  await quickInput.type(exported);
  await until(async () => (await files()).includes(neighbour));
  await quickInput.accept();
  await workbench.notification(`exported to ${list}`);
  await writeFile(exported, earlier(await readFile(exported, 'utf8')));
  await open(list);
  await workbench.editorAction('Compare With Servers');
  await new Report(page, 'Compare Again').loaded();
  await workbench.palette('Notifications: Clear All Notifications');
  await workbench.openView();
  await inBoth(workbench, 'changes', file => workbench.screenshot(file, editor));
  await page.setViewportSize({ width: 1440, height: 900 });
  await workbench.palette('View: Close All Editors');
  await openGrownReport(workbench);
  await inBoth(workbench, 'report', file => workbench.screenshot(file, editor));
}

async function inBoth(workbench: Workbench, name: string, take: (file: string) => Promise<void>): Promise<void> {
  if (!only.test(name)) {
    return;
  }
  await mkdir(join(repository, 'media', 'pictures'), { recursive: true });
  for (const [colours, theme] of Object.entries(themes)) {
    const file = join(repository, 'media', 'pictures', `${name}-${colours}.png`);
    await workbench.useTheme(theme);
    await take(file);
    await shrink(file);
    console.log(file);
  }
}

/**
 * A list or a menu with a little of what is around it.
 * @param beside what is to be seen, too, on its left
 */
async function takePart(
  workbench: Workbench,
  file: string,
  part: string,
  words: Names = {},
  beside?: Locator,
): Promise<void> {
  const { page } = workbench;
  await page
    .locator(part)
    .evaluate(new Function('root', 'words', replaceWords) as (root: unknown, words: unknown) => void, words);
  const box = await page.locator(part).boundingBox();
  const left = await beside?.boundingBox();
  if (!box) {
    throw new Error(`Nothing to take for ${file}`);
  }
  const margin = 12;
  const x = left?.x ?? box.x - margin;
  const y = left ? 0 : Math.max(0, box.y - margin);
  await workbench.screenshot(file, {
    x,
    y,
    width: Math.max(box.x + box.width + margin, left ? left.x + left.width : 0) - x,
    height: box.y + box.height + margin - y,
  });
}

/** Runs in the page, where a compiler's helpers would not be. */
const replaceWords = `
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const [from, to] of Object.entries(words)) node.data = node.data.replaceAll(from, to);
  }
`;

/** Waits, like everything here, as long as whoever runs this has patience for half a minute. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await condition())) {
    if (performance.now() > deadline) {
      throw new Error(`Waited in vain for ${condition.toString()}`);
    }
  }
}

interface ExportedRow {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly quotaBytes?: number;
  readonly usedBytes?: number;
  readonly enabled?: boolean;
}

/** What an export would have been before some tenants came, went and changed. */
function earlier(exported: string): string {
  const rows: readonly ExportedRow[] = JSON.parse(exported);
  const tenants = rows.filter(({ kind }) => kind === 'tenant');
  const [renamed, resized, disabled, added, another] = tenants;
  const before = rows.flatMap(row => {
    const isBelow = (each: ExportedRow | undefined) => each && row.key.startsWith(`${each.key}/`);
    if (row === renamed) {
      const gone = { ...row, key: `${row.key}x`, id: 'c1f5a9d2-7b64-4a8e-9d3b-0e6f2a81c7d4', name: 'Fabrikam (old)' };
      return [{ ...row, name: 'Northwind Traders' }, gone];
    }
    if (row === resized || row === another) {
      return [{ ...row, quotaBytes: Number(row.quotaBytes) / 2 }];
    }
    if (row === disabled) {
      return [{ ...row, enabled: !row.enabled }];
    }
    return row === added || isBelow(added) ? [] : [row];
  });
  return `${JSON.stringify(before, undefined, 2)}\n`;
}

function scriptWith({ tenants }: EnterpriseManagerData): string {
  const [one, two, three] = [0, 1, 3].map(index => tenants.at(index).id);
  return [
    '# Tenants to look at before the weekend',
    `$tenant1 = '${one}'`,
    `$tenant2 = '${two}'`,
    `$tenant3 = '${three}'`,
    '',
    'foreach ($id in $tenant1, $tenant2, $tenant3) {',
    '    Get-VBRCloudTenant -Id $id | Select-Object Name, LastActive',
    '}',
    '',
  ].join('\n');
}

/** A third of the size, where pngquant is installed. */
async function shrink(file: string): Promise<void> {
  const how = ['--quality', '60-90', '--speed', '1', '--strip', '--force', '--output', file, file];
  await promisify(execFile)('pngquant', how).catch((error: NodeJS.ErrnoException) => {
    console.log(error.code === 'ENOENT' ? `${file} is as large as it came: pngquant is not installed` : error.message);
  });
}

runMain(main);
