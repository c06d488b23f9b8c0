// npm run walkthrough   the pictures of the first steps in media/walkthrough, from the packaged extension and sample servers
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import texts from '../../package.nls.json';
import { createCertificate, startVb365 } from '../../test/sample-servers';
import { Workbench } from '../../test/ui/workbench';
import { packageExtension } from '../package';
import { runMain, temporaryFolder } from '../processes';
import { repository } from '../repository';
import { startSampleServers } from '../sample-servers';
import { openTree } from './scenes';
import { themedPicture } from './themed-picture';

const folder = join(repository, 'media', 'walkthrough');

async function main(): Promise<void> {
  const temporary = await temporaryFolder('walkthrough');
  const samples = await startSampleServers(temporary.path);
  const host = 'm365-prod.example.com';
  const yesterday = new Date(new Date().setHours(8, 0, 0, 0) - 24 * 60 * 60 * 1000);
  const certificate = await createCertificate({
    commonName: host,
    altNames: [host, '127.0.0.1'],
    notBefore: yesterday,
    notAfter: new Date(new Date(yesterday).setFullYear(yesterday.getFullYear() + 1)),
  });
  const another = await startVb365({ certificate });
  const workbench = await Workbench.start({
    vsix: await packageExtension(),
    alsoInstall: [samples.helper],
    env: samples.env,
  });
  try {
    const { page, quickInput } = workbench;
    const words = {
      // It stands for the server's own name.
      ', 127.0.0.1': '',
      [`127.0.0.1:${another.port}`]: `${host}:4443`,
      [`127.0.0.1:${samples.vb365.port}`]: `${host}:4443`,
      [`127.0.0.1:${samples.enterpriseManager.port}`]: 'em-prod.example.com:9398',
    };
    const draw = async (name: string, part: string, height?: number): Promise<void> => {
      const title = texts[`walkthrough.${name}.altText` as keyof typeof texts];
      const svg = await themedPicture(page.locator(part), height, words, title);
      await writeFile(join(folder, `${name}.svg`), svg);
      console.log(`${name}.svg: ${svg.length} bytes`);
    };
    await mkdir(folder, { recursive: true });
    await workbench.openView();
    await workbench.widenSideBar(420);
    await workbench.row('em-sample');

    await workbench.titleAction('Add Server');
    await quickInput.step('Address');
    await quickInput.type(`https://127.0.0.1:${another.port}`);
    await draw('add', '.quick-input-widget');
    await quickInput.accept();
    await workbench.dialog();
    await draw('trust', '.monaco-dialog-box');
    await (await workbench.dialog()).press('Cancel');
    await quickInput.cancel();

    await openTree(workbench);
    await workbench.screenshot('out/screenshots/walkthrough-browse.png');
    await draw('browse', '.part.sidebar', 420);

    await workbench.palette('Backup Tenancy: Find…');
    await quickInput.opened();
    await quickInput.type('fabr');
    // Everything was looked through, and what is shown belongs to these letters.
    await quickInput.step('Find in');
    const lines = page.locator('.quick-input-list .monaco-list-row');
    await lines.filter({ hasText: 'Fabrikam' }).first().waitFor();
    await lines.filter({ hasNotText: 'Fabrikam' }).first().waitFor({ state: 'detached' });
    await draw('find', '.quick-input-widget');
    // What is left so soon after it was opened stays once, as VS Code itself may have closed it.
    await quickInput.cancel().catch(() => quickInput.cancel());

    for (const label of ['m365-sample', 'Northwind']) {
      await workbench.collapse(label);
    }
    await workbench.select('Northwind');
    await page.locator('.part.sidebar [role=treeitem][aria-selected=true]').hover();
    await draw('copy', '.part.sidebar', 240);
  } catch (error) {
    console.error(await workbench.text());
    throw error;
  } finally {
    await workbench.close();
    await Promise.all([samples.close(), another.close()]);
    await temporary.remove();
  }
}

runMain(main);
