import { type Bench, median } from '../measurement';
import { BenchWindow, packages } from '../window';

const runs = 9;

/** What the first look at the view costs, by VS Code's own figures, beside an extension with an empty view. */
export const bench: Bench = {
  async run() {
    const built = await packages();
    try {
      const times: Activations[] = [];
      const heaps: Heaps[] = [];
      for (let run = 0; run < runs; run++) {
        const window = await BenchWindow.open(built);
        try {
          heaps.push(await heapsOf(window));
          times.push(await activations(window));
        } finally {
          await window.close();
        }
      }
      return [
        {
          what: 'activation: loading the code and the call, cold',
          unit: 'ms',
          value: median(times.map(({ ours }) => ours)),
          floor: { what: 'an extension with one empty view', value: median(times.map(({ empty }) => empty)) },
          target: 'activation',
          note: `Startup Performance of VS Code, median of ${runs} runs, each in a fresh profile.`,
        },
        {
          what: 'heap kept after activation',
          unit: 'bytes',
          value: median(heaps.map(({ ours }) => ours)),
          floor: { what: 'an extension with one empty view', value: median(heaps.map(({ empty }) => empty)) },
          target: 'heapAfterActivation',
        },
      ];
    } finally {
      await built.remove();
    }
  },
};

interface Heaps {
  readonly ours: number;
  readonly empty: number;
}

async function heapsOf(window: BenchWindow): Promise<Heaps> {
  // What VS Code itself needs for the first view of all is nobody's.
  await window.openContainer('Bench Constant');
  const before = await window.heap();
  await window.openContainer('Bench Empty');
  const between = await window.heap();
  await window.openContainer('Backup Tenancy');
  return { empty: between - before, ours: (await window.heap()) - between };
}

interface Activations {
  readonly ours: number;
  readonly empty: number;
}

async function activations(window: BenchWindow): Promise<Activations> {
  const { workbench } = window;
  await workbench.palette('Developer: Startup Performance');
  const editor = workbench.page.locator('.editor-group-container.active .monaco-editor').first();
  await editor.locator('.view-line').first().waitFor();
  await editor.click();
  await workbench.press('ControlOrMeta+a');
  await workbench.press('ControlOrMeta+c');
  const text = await workbench.clipboard();
  return {
    ours: activationIn(text, 'backup-tenancy.backup-tenancy-explorer'),
    empty: activationIn(text, 'backup-tenancy.bench-empty'),
  };
}

/** Loading plus calling, of the table "Extension Activation Stats". */
function activationIn(text: string, extension: string): number {
  const cells = text
    .split('\n')
    .map(line => line.split('|').map(cell => cell.trim()))
    .find(([, name]) => name === extension);
  const [, , , load, call] = cells ?? [];
  if (load === undefined || call === undefined) {
    throw new Error(`VS Code tells nothing of ${extension}:\n${text}`);
  }
  return Number(load) + Number(call);
}
