import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Workbench } from '../test/ui/workbench';
import { packageExtension } from './package';
import { openReport, openTree } from './pictures/scenes';
import { runMain, temporaryFolder } from './processes';
import { type SampleServers, startSampleServers } from './sample-servers';
import { desktopIsInstalled, openDesktop } from './vscode/desktop';
import { newest, obtainVSCode, startWorkbench } from './vscode/server';

const usage = `npm start                            the packaged extension in a throw-away profile of the VS Code on this machine,
                                     with one sample server of each product in it
npm start -- --browser               the same in a VS Code for the browser, which needs no installation
npm start -- --screenshot tree.png   opens the tree in a browser without a window, and writes a picture of it
npm start -- --report report.png     the same of the capacity report
npm start -- --em13                  with Enterprise Manager 13 instead of 12; goes with all others
npm start -- --language de           in another language, in a browser; goes with the pictures, too`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      browser: { type: 'boolean' },
      screenshot: { type: 'string' },
      report: { type: 'string' },
      language: { type: 'string' },
      em13: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const { language } = values;
  const vsix = await packageExtension();
  const folder = await temporaryFolder('start');
  // Among so many tenants, some are close to their quota.
  const isPicture = values.screenshot !== undefined || values.report !== undefined;
  const servers = await startSampleServers(folder.path, {
    everyProduct: !isPicture,
    ...(values.report === undefined ? {} : { tenants: 60 }),
    ...(values.em13 ? { release: 13 } : {}),
  });
  try {
    if (values.screenshot !== undefined) {
      await takePicture(resolve(values.screenshot), vsix, servers, language, pictureTree);
    } else if (values.report !== undefined) {
      await takePicture(resolve(values.report), vsix, servers, language, pictureReport);
    } else if (values.browser || language !== undefined || !desktopIsInstalled()) {
      await serveBrowser(vsix, servers, language);
    } else {
      console.log(`${servers.description}\nClose the window or press Ctrl+C to end.`);
      await openDesktop({ folder: folder.path, extensions: [vsix, servers.helper], env: servers.env });
    }
  } finally {
    await servers.close();
    await folder.remove();
  }
}

async function serveBrowser(vsix: string, servers: SampleServers, language: string | undefined): Promise<void> {
  const vscode = await obtainVSCode(newest);
  const workbench = await startWorkbench({
    vscode,
    extensions: [vsix, servers.helper],
    env: servers.env,
    ...(language ? { language } : {}),
  });
  try {
    console.log(`${servers.description}\n\nOpen ${workbench.url}\nPress Ctrl+C to end.`);
    await workbench.ended;
    throw new Error(`VS Code's server ended:\n${workbench.log()}`);
  } finally {
    await workbench.stop();
  }
}

async function takePicture(
  file: string,
  vsix: string,
  servers: SampleServers,
  language: string | undefined,
  take: (workbench: Workbench, file: string) => Promise<void>,
): Promise<void> {
  const workbench = await Workbench.start({
    vsix,
    alsoInstall: [servers.helper],
    env: servers.env,
    ...(language ? { language } : {}),
  });
  try {
    await workbench.openView();
    await workbench.row('m365-sample');
    await workbench.row('em-sample');
    await take(workbench, file);
    console.log(file);
  } catch (error) {
    console.error(await workbench.text());
    throw error;
  } finally {
    await workbench.close();
  }
}

/** The tree, without what is around it. */
async function pictureTree(workbench: Workbench, file: string): Promise<void> {
  await workbench.widenSideBar(460);
  await openTree(workbench);
  await workbench.screenshot(file, workbench.sideBar);
}

/** The report of both servers, without what is around it. */
async function pictureReport(workbench: Workbench, file: string): Promise<void> {
  await openReport(workbench);
  await workbench.screenshot(file, workbench.page.locator('.part.editor'));
}

runMain(main);
