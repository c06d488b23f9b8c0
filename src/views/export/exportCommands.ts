import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { untilAborted } from '../../base/abort';
import { type ExportFormat, exportFormats } from '../../base/exportFormats';
import { isObject } from '../../base/isObject';
import type { Inventory } from '../../inventory/inventory';
import { reach } from '../../inventory/loading/reach';
import type { IdIndex } from '../../inventory/search/idIndex';
import type { Node } from '../../inventory/tree/node';
import type { ItemKind } from '../../items/item';
import { allKinds } from '../../items/kinds';
import type { Services } from '../../services';
import { mayBeWritten, writeAtomically } from '../shared/atomicFile';
import { withSignal } from '../shared/cancellation';
import { csvStyle } from '../shared/csvStyle';
import { showFailure } from '../shared/failureMessages';
import { count } from '../shared/format';
import { nameIn, withoutLinks } from '../shared/harmless';
import { pathNames } from '../shared/itemRecords';
import { SaveFolder } from '../shared/saveFolder';
import type { Targets } from '../shared/targets';
import { encoded, piecesOf } from './exportContent';
import { askAboutMissing, chooseFile, pickFormat, pickKinds, pickWhat } from './exportInputs';
import { ExportScope, type Missing } from './exportScope';

/** What a script asks for. */
interface ExportRequest {
  /** Keys or ids; everything without them. */
  readonly items?: readonly string[];
  /** Empty for all kinds. */
  readonly kinds: readonly ItemKind[];
  readonly format: ExportFormat;
  readonly file: vscode.Uri;
}

/** What a script gets. */
export interface Exported {
  readonly file: string;
  readonly rows: number;
  /** What could not be loaded, or not be read. */
  readonly incomplete: readonly { readonly path: string; readonly message: string }[];
}

const exportedKindsKey = 'backupTenancy.exportedKinds';

/** Kinds that have rows in exported lists. */
const listedKinds = allKinds().filter(kind => kind !== 'group');

/** Exports lists as files. */
export class ExportCommands {
  readonly #inventory: Inventory;
  readonly #ids: IdIndex;
  readonly #targets: Targets;
  readonly #run: Services['run'];
  readonly #memory: Services['memory'];
  readonly #folder: SaveFolder;

  constructor(
    { inventory, targets, memory, run }: Pick<Services, 'inventory' | 'targets' | 'memory' | 'run'>,
    ids: IdIndex,
  ) {
    this.#inventory = inventory;
    this.#ids = ids;
    this.#targets = targets;
    this.#run = run;
    this.#memory = memory;
    this.#folder = new SaveFolder(memory);
  }

  /** `exportList({ items, kinds, format, file })` asks only before it replaces a file; otherwise from the rows of the menu, or asks from what. */
  readonly exportList = async (argument?: unknown, selected?: unknown): Promise<Exported | undefined> => {
    if (isRequest(argument)) {
      return await this.#exportFor(readRequest(argument));
    }
    const nodes = await this.#chosen(argument, selected);
    if (!nodes) {
      return undefined;
    }
    try {
      return await this.#export(nodes);
    } catch (error) {
      await showFailure(error);
      return undefined;
    }
  };

  async #exportFor({ items, kinds, format, file }: ExportRequest): Promise<Exported | undefined> {
    if (!(await mayBeWritten(file))) {
      return undefined;
    }
    const { signal } = new AbortController();
    const nodes = items && (await Promise.all(items.map(each => this.#named(each, signal))));
    const scope = new ExportScope(nodes ?? this.#inventory.servers);
    const missing = await scope.load(this.#inventory, signal, () => undefined);
    return await write(scope, missing, { kinds, format, file }, signal);
  }

  /** @throws {Failure} if what is above it cannot be loaded */
  async #named(keyOrId: string, signal: AbortSignal): Promise<Node> {
    const node = (await reach(this.#inventory, keyOrId, signal)) ?? this.#ids.named(keyOrId);
    if (!node) {
      throw new RangeError(`exportList: there is no item ${keyOrId}`);
    }
    return node;
  }

  /** Loads before it asks for the kinds, as only then it is known which there are. */
  async #export(nodes: readonly Node[]): Promise<Exported | undefined> {
    const scope = new ExportScope(nodes);
    let missing: readonly Missing[] = [];
    for (let answer: 'retry' | 'write' | undefined = 'retry'; answer === 'retry'; ) {
      const again = missing.map(({ node }) => node);
      const loaded = await withProgress(vscode.l10n.t('Loading items to export'), async (signal, report) => {
        await untilAborted(Promise.all(again.map(node => this.#inventory.refresh(node))), signal);
        return await scope.load(this.#inventory, signal, report);
      });
      if (!loaded) {
        return undefined;
      }
      missing = loaded;
      answer = missing.length === 0 ? 'write' : await askAboutMissing(missing);
      if (!answer) {
        return undefined;
      }
    }
    const kinds = await this.#askForKinds(scope);
    const format = kinds && (await pickFormat());
    const file = format && (await chooseFile(nodes, format, this.#folder));
    if (!file) {
      return undefined;
    }
    const exported = await withProgress(vscode.l10n.t('Exporting'), signal =>
      write(scope, missing, { kinds, format, file }, signal),
    );
    if (exported) {
      this.#run(tell(exported, file));
    }
    return exported;
  }

  async #askForKinds(scope: ExportScope): Promise<readonly ItemKind[] | undefined> {
    const there = await scope.kinds();
    const kept: unknown = this.#memory.get(exportedKindsKey);
    const kinds = await pickKinds(
      there,
      listedKinds.filter(kind => Array.isArray(kept) && kept.includes(kind)),
    );
    if (kinds && there.size > 1) {
      await this.#memory.update(exportedKindsKey, kinds);
    }
    return kinds;
  }

  /** The rows of a menu, or what the user chooses: no row stands for everything. */
  async #chosen(argument: unknown, selected: unknown): Promise<readonly Node[] | undefined> {
    const nodes = this.#targets.contents(argument, selected);
    return argument !== undefined && nodes.length > 0 ? nodes : await pickWhat(nodes, this.#inventory);
  }
}

async function write(
  scope: ExportScope,
  missing: readonly Missing[],
  { kinds, format, file }: Omit<ExportRequest, 'items'>,
  signal: AbortSignal,
): Promise<Exported | undefined> {
  const rows = await scope.rows(missing, kinds.length > 0 ? new Set(kinds) : undefined);
  const content = await encoded(piecesOf(format, rows, csvStyle()), signal);
  if (!content) {
    return undefined;
  }
  await writeAtomically(file, content);
  const incomplete = rows.flatMap(row =>
    row.incomplete === undefined ? [] : { path: pathNames(row.node).join(' / '), message: row.incomplete },
  );
  return { file: file.scheme === 'file' ? file.fsPath : file.toString(), rows: rows.length, incomplete };
}

/** Undefined if the user gives it up. */
async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: (items: number) => void) => Promise<T>,
): Promise<T | undefined> {
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) =>
      withSignal(token, async signal => {
        const result = await work(signal, items =>
          progress.report({ message: vscode.l10n.t('{0} items', count(items)) }),
        );
        return signal.aborted ? undefined : result;
      }),
  );
}

async function tell({ rows, incomplete }: Exported, file: vscode.Uri): Promise<void> {
  const name = nameIn(file.path.slice(file.path.lastIndexOf('/') + 1), 120);
  const sentences = [
    rows === 1
      ? vscode.l10n.t('One row exported to {0}.', name)
      : vscode.l10n.t('{0} rows exported to {1}.', count(rows), name),
    incomplete.length === 1 && vscode.l10n.t('One list is incomplete; the file says which and why.'),
    incomplete.length > 1 &&
      vscode.l10n.t('{0} lists are incomplete; the file says which and why.', count(incomplete.length)),
  ].filter(Boolean);
  const open = vscode.l10n.t('Open');
  const show = incomplete.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  if ((await show(withoutLinks(sentences.join(' ')), open)) === open) {
    await vscode.commands.executeCommand('vscode.open', file);
  }
}

type RequestMembers = Readonly<Record<'items' | 'kinds' | 'format' | 'file', unknown>>;

function isRequest(value: unknown): value is RequestMembers {
  return isObject(value) && 'format' in value && 'file' in value;
}

/** @throws {TypeError} with a word to the script's author */
function readRequest({ items, kinds, format, file }: RequestMembers): ExportRequest {
  const known = exportFormats.find(each => each === format);
  if (!known) {
    throw new TypeError(`exportList: format must be one of ${exportFormats.join(', ')}`);
  }
  if (!(file instanceof vscode.Uri) && (typeof file !== 'string' || file === '')) {
    throw new TypeError('exportList: file must be a path or a Uri');
  }
  // VS Code would take it for one from the top of a drive.
  if (typeof file === 'string' && !isAbsolute(file)) {
    throw new TypeError('exportList: the path of file must be absolute');
  }
  if (items !== undefined && !(Array.isArray(items) && items.every(each => typeof each === 'string'))) {
    throw new TypeError('exportList: items must be keys or ids');
  }
  const asked: readonly unknown[] | undefined = Array.isArray(kinds) ? kinds : undefined;
  const chosen = listedKinds.filter(kind => asked?.includes(kind));
  if (kinds !== undefined && (chosen.length === 0 || chosen.length !== new Set(asked).size)) {
    throw new TypeError(`exportList: kinds must be some of ${listedKinds.join(', ')}`);
  }
  return {
    kinds: chosen,
    ...(items === undefined ? {} : { items }),
    format: known,
    file: typeof file === 'string' ? vscode.Uri.file(file) : file,
  };
}
