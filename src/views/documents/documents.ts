import * as vscode from 'vscode';
import { Cancelled, Defect, Failure, isFailure, type Remedy } from '../../base/failure';
import { oneLine } from '../../base/text';
import type { Inventory } from '../../inventory/inventory';
import { reach } from '../../inventory/loading/reach';
import type { Node } from '../../inventory/tree/node';
import type { Item } from '../../items/item';
import { kindNameOf } from '../../items/kinds';
import type { DocumentFormat } from '../../products/product';
import type { Connections } from '../../servers/connection/connections';
import { withSignal } from '../shared/cancellation';
import { documentFormats } from '../shared/documentFormats';
import { nameIn, withoutLinks } from '../shared/harmless';
import { documentAddress, documentScheme, isInOurLanguage, readAddress } from './documentAddress';
import { prettyJson } from './prettyJson';
import { prettyXml } from './prettyXml';

/** Items as their servers give them, each in a read-only document that is fetched afresh whenever it is asked for. */
export class Documents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #connections: Pick<Connections, 'document' | 'resource'>;
  readonly #inventory: Inventory;
  readonly #changed: vscode.EventEmitter<vscode.Uri>;
  /** What is open, by URI. */
  readonly #open = new Map<string, OpenDocument>();
  /** The URIs of what a person has asked for in this window. Any other may be a link that somebody else has made. */
  readonly #wanted = new Set<string>();
  readonly #disposables: vscode.Disposable[];

  constructor(
    connections: Pick<Connections, 'document' | 'resource'>,
    inventory: Inventory,
    changed: vscode.EventEmitter<vscode.Uri>,
  ) {
    this.#connections = connections;
    this.#inventory = inventory;
    this.#changed = changed;
    this.#disposables = [
      { dispose: inventory.onDidChange.listen(() => this.#followTree()) },
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#open.delete(uri.toString())),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  /**
   * In which formats the server gives the item, the usual one first; at least one.
   * @throws {Failure} also if it gives it in none
   */
  async formatsOf(node: Node, signal: AbortSignal): Promise<readonly DocumentFormat[]> {
    // What the API has of servers and headings is other things than they.
    const resource =
      documentFormats(node).length > 0
        ? await this.#connections.resource(node.root.item.id, node.item, signal)
        : undefined;
    if (!resource) {
      throw new NoDocument(node);
    }
    return resource.formats;
  }

  /**
   * Fetches an item and says where it can be read.
   * @throws {Failure}
   */
  async load(node: Node, format: DocumentFormat, signal: AbortSignal): Promise<vscode.Uri> {
    const uri = this.#uriOf(node, format);
    await this.#publish(await this.#fetch(uri, node, format, signal));
    return uri;
  }

  /**
   * Fetches items that are of use only together, and says where they can be read.
   * @throws {Failure} the first one; nothing is kept then of the others, unless they are open
   */
  async loadAll(nodes: readonly Node[], format: DocumentFormat, signal: AbortSignal): Promise<vscode.Uri[]> {
    const failed = new AbortController();
    const together = AbortSignal.any([signal, failed.signal]);
    try {
      return await Promise.all(nodes.map(node => this.load(node, format, together)));
    } catch (error) {
      failed.abort();
      for (const uri of nodes.map(node => this.#uriOf(node, format)).filter(each => !isOpen(each))) {
        this.#open.delete(uri.toString());
      }
      throw error;
    }
  }

  /**
   * Fetches a document again.
   * @throws {Failure} what was there before stays
   */
  async refresh(uri: vscode.Uri, signal: AbortSignal): Promise<void> {
    if (!isInOurLanguage(uri)) {
      throw new OtherAddress();
    }
    const { key, format } = readAddress(uri);
    await this.#renew(await this.#fetch(uri, await this.#reach(key, signal), format, signal));
  }

  /**
   * What was fetched before, or what a person has asked for before. VS Code also asks for the address in a link that was
   * clicked, and for the tabs of an earlier window: then nothing is sent until the person agrees.
   */
  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const known = this.#open.get(uri.toString());
    if (known) {
      return known.text;
    }
    const { key, format } = readAddress(uri);
    if (!isInOurLanguage(uri)) {
      return sentenceIn(format, new OtherAddress());
    }
    const server = this.#inventory.find(key.split('/', 1).join());
    if (server && !this.#wanted.has(uri.toString())) {
      void offerLoading(uri, server);
      return sentenceIn(format, new NotLoaded(server));
    }
    try {
      const document = await withSignal(token, async signal =>
        this.#fetch(uri, await this.#reach(key, signal), format, signal),
      );
      this.#open.set(uri.toString(), document);
      return document.text;
    } catch (error) {
      return sentenceIn(format, error);
    }
  }

  async #reach(key: string, signal: AbortSignal): Promise<Node> {
    const node = await reach(this.#inventory, key, signal);
    if (!node) {
      throw new ItemGone();
    }
    return node;
  }

  async #fetch(uri: vscode.Uri, node: Node, format: DocumentFormat, signal: AbortSignal): Promise<OpenDocument> {
    const { item, root } = node;
    this.#wanted.add(uri.toString());
    const loadedAt = node.openedBranch?.loadedAt;
    const formats = await this.formatsOf(node, signal);
    if (!formats.includes(format)) {
      throw new FormatNotOffered(node, formats);
    }
    const raw = await this.#connections.document(root.item.id, item, format, signal);
    if (raw === undefined) {
      throw new ItemGone();
    }
    const text = await (format === 'json' ? prettyJson(raw) : prettyXml(raw));
    if (signal.aborted) {
      throw new Cancelled(); // nobody opens it any more
    }
    return { uri, node, format, item, loadedAt, text };
  }

  /** An item keeps its tab when it gets another name. */
  #uriOf(node: Node, format: DocumentFormat): vscode.Uri {
    const before = vscode.workspace.textDocuments.find(({ uri }) => {
      const address = readAddress(uri);
      const isTheSame = address.key === node.key && address.format === format;
      return uri.scheme === documentScheme && isInOurLanguage(uri) && isTheSame;
    });
    return before?.uri ?? vscode.Uri.from({ scheme: documentScheme, ...documentAddress(node, format) });
  }

  /** What is refreshed in the tree is refreshed in the editor. */
  #followTree(): void {
    for (const document of this.#open.values()) {
      const { node, item, loadedAt, uri } = document;
      if (!isOpen(uri)) {
        this.#open.delete(uri.toString());
        continue;
      }
      const childrenCameAgain = loadedAt !== undefined && node.openedBranch?.loadedAt !== loadedAt;
      if (node.item !== item || childrenCameAgain) {
        document.item = node.item;
        document.loadedAt = node.openedBranch?.loadedAt;
        this.#fetchAgain(document).catch((error: unknown) => {
          // Whatever else is wrong with the server shows in the tree; what was fetched before is still worth reading.
          if (isFailure(error) && error.kind === 'notFound') {
            document.text = sentenceIn(document.format, error);
            this.#changed.fire(document.uri);
          }
        });
      }
    }
  }

  async #fetchAgain({ uri, node, format }: OpenDocument): Promise<void> {
    await this.#renew(await this.#fetch(uri, node, format, new AbortController().signal));
  }

  /** Takes the place of what is open, if it still is: what is opened later is fetched then. */
  async #renew(document: OpenDocument): Promise<void> {
    if (isOpen(document.uri)) {
      await this.#publish(document);
    }
  }

  /** Resolves once an open document has the text, so that nobody reads the one from before. */
  async #publish(document: OpenDocument): Promise<void> {
    const { uri, text } = document;
    this.#open.set(uri.toString(), document);
    const open = vscode.workspace.textDocuments.find(each => each.uri.toString() === uri.toString());
    if (!open || linesOf(open.getText()) === linesOf(text)) {
      return;
    }
    await new Promise<void>(resolve => {
      const end = () => {
        listening.dispose();
        clearTimeout(timer);
        resolve();
      };
      const endFor = (ended: vscode.TextDocument) => ended === open && end();
      const listening = vscode.Disposable.from(
        vscode.workspace.onDidChangeTextDocument(changed => endFor(changed.document)),
        vscode.workspace.onDidCloseTextDocument(endFor),
      );
      // Yet another text may have come meanwhile that is the one from before.
      const timer = setTimeout(end, takeOverMs);
      this.#changed.fire(uri);
    });
  }
}

/** How long VS Code may take to show a text. */
const takeOverMs = 2_000;

/** VS Code has its own way to end lines. */
function linesOf(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

interface OpenDocument {
  readonly uri: vscode.Uri;
  readonly node: Node;
  readonly format: DocumentFormat;
  /** As it was in the tree when the text was fetched. */
  item: Item;
  loadedAt: number | undefined;
  text: string;
}

/** An editor is never empty: it says why there is nothing, in a way that is good for its language. */
function sentenceIn(format: DocumentFormat, error: unknown): string {
  const { message } = isFailure(error) ? error : new Defect(error);
  const sentence = oneLine(message);
  return format === 'json' ? JSON.stringify(sentence) : `<!-- ${sentence.replaceAll('--', '- -')} -->`;
}

/** The API has no call that tells of the item. */
class NoDocument extends Failure {
  readonly kind = 'noDocument';
  readonly short = vscode.l10n.t('no document');
  override readonly remedies: readonly Remedy[] = [];
  constructor({ item, root }: Node) {
    super(
      vscode.l10n.t(
        'The API of {0} has no request for this kind of item ({1}).',
        nameIn(root.item.name, 60),
        kindNameOf(item),
      ),
    );
  }
}

/** The server gives the item in other formats only. */
export class FormatNotOffered extends Failure {
  readonly kind = 'formatNotOffered';
  readonly short = vscode.l10n.t('format not available');
  override readonly remedies: readonly Remedy[] = [];
  constructor(
    { root }: Node,
    readonly offered: readonly DocumentFormat[],
  ) {
    super(
      vscode.l10n.t(
        '{0} provides its items only as {1}.',
        nameIn(root.item.name, 60),
        offered.map(format => format.toUpperCase()).join(', '),
      ),
    );
  }
}

/** The address of a document that would be in a language with services of its own. */
class OtherAddress extends Failure {
  readonly kind = 'notFound';
  readonly short = vscode.l10n.t('not found');
  override readonly remedies: readonly Remedy[] = [];
  constructor() {
    super(vscode.l10n.t('There is no document at this address. Open the item from the Backup Tenancy view.'));
  }
}

/** Nobody has asked for the document in this window but the one who made its address. */
class NotLoaded extends Failure {
  readonly kind = 'notLoaded';
  readonly short = vscode.l10n.t('not loaded');
  override readonly remedies: readonly Remedy[] = [];
  constructor({ item }: Node) {
    super(vscode.l10n.t('This item of {0} is not loaded yet. Refresh the document to load it.', nameIn(item.name, 60)));
  }
}

async function offerLoading(uri: vscode.Uri, { item }: Node): Promise<void> {
  const load = vscode.l10n.t('Load');
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(
      vscode.l10n.t(
        'A link or an editor opens an item of {0} that is not loaded yet. If you load it, you will be signed in to the server if necessary.',
        nameIn(item.name, 60),
      ),
    ),
    load,
  );
  if (answer === load) {
    await vscode.commands.executeCommand('backupTenancy.refreshDocument', uri);
  }
}

/** The item of a document is not in the tree any more. */
class ItemGone extends Failure {
  readonly kind = 'notFound';
  readonly short = vscode.l10n.t('not found');
  override readonly remedies: readonly Remedy[] = ['retry'];
  constructor() {
    super(vscode.l10n.t('This item no longer exists: it, its server or its parent was removed.'));
  }
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some(each => each.uri.toString() === uri.toString());
}
