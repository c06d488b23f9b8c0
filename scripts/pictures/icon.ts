// npm run icon   media/icon.png from media/icon.svg, as the Marketplace takes no SVG
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMain } from '../processes';
import { repository } from '../repository';
import { launchChromium } from '../vscode/chromium';

const side = 256;

async function main(): Promise<void> {
  const svg = await readFile(join(repository, 'media', 'icon.svg'), 'utf8');
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: side, height: side } });
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
    await page.screenshot({ path: join(repository, 'media', 'icon.png'), omitBackground: true });
  } finally {
    await browser.close();
  }
}

runMain(main);
