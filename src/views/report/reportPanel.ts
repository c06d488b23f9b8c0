import * as vscode from 'vscode';
import type { ExportFormat } from '../../base/exportFormats';
import type { Log } from '../../base/log';
import { nextSlice } from '../../base/timeSlices';
import type { Inventory } from '../../inventory/inventory';
import { crawl } from '../../inventory/loading/loadAllBelow';
import type { Node } from '../../inventory/tree/node';
import { reportOf } from '../../report/compile';
import { earlierTimes, type History, noHistory, withGrowth, withReport } from '../../report/history';
import { outline } from '../../report/outline';
import { isPresent, type Report, rowsByServer, type Trend } from '../../report/report';
import { trendOf } from '../../report/trend';
import { readToExtension, type ToExtension, type ToPage } from '../../webview/report/messages';
import { pageLanguage, rowsAtOnce, WebviewPage } from '../shared/webviewPage';
import type { HistoryFiles } from './historyFiles';
import { PacedTelling } from './pacedTelling';

/** The type of the panel, by which VS Code finds who can restore it. */
const reportViewType = 'backupTenancy.report';

/** Numbers that were read longer ago are read again when a report is opened. */
const freshMs = 10 * 60 * 1000;

/** How often the page is told of what has come, while more is coming. */
const tellEveryMs = 1000;

export interface ReportServices {
  readonly inventory: Inventory;
  readonly history: HistoryFiles;
  readonly log: Pick<Log, 'error'>;
  readonly extension: vscode.Uri;
  /** Runs work in the background, and shows a failure. */
  readonly run: (work: Promise<void>) => void;
  readonly reveal: (node: Node) => Promise<void>;
  readonly save: (report: Report, format: ExportFormat) => Promise<void>;
}

/** A panel with the report of some servers. */
export class ReportPanel implements vscode.Disposable {
  readonly #services: ReportServices;
  readonly #page: WebviewPage<ToPage>;
  readonly #telling: PacedTelling;
  #servers: readonly string[] = [];
  #load: ReportLoad | undefined;
  /** The report without growth, and what it can be compared with. */
  #report: Report = { at: 0, servers: [], rows: [] };
  #histories: ReadonlyMap<string, History> = new Map();
  #until: number | undefined;
  /** Stays while numbers are read again. */
  #trend: Trend | undefined;

  constructor(services: ReportServices, panel: vscode.WebviewPanel) {
    this.#services = services;
    this.#telling = new PacedTelling(() => this.#tellReport(), services.run);
    const parts = { title: vscode.l10n.t('Capacity Report'), name: 'report' };
    const receive = (message: unknown) => {
      const request = readToExtension(message);
      if (request) {
        services.run(this.#answer(request));
      }
    };
    this.#page = new WebviewPage(panel, services.extension, parts, receive, () => this.dispose());
  }

  static open(services: ReportServices): ReportPanel {
    const panel = vscode.window.createWebviewPanel(
      reportViewType,
      vscode.l10n.t('Capacity Report'),
      vscode.ViewColumn.Active,
      { enableFindWidget: true },
    );
    return new ReportPanel(services, panel);
  }

  readonly onDidDispose = (listener: () => void): vscode.Disposable => this.#page.onDidDispose(listener);

  dispose(): void {
    this.#page.dispose();
    this.#telling.end();
    this.#load?.controller.abort();
    this.#load = undefined;
  }

  reveal(): void {
    this.#page.reveal();
  }

  /** Tells of these servers from here on. */
  show(servers: readonly string[]): void {
    this.#servers = servers;
    this.#until = undefined;
    this.#trend = undefined;
    this.#start(Date.now() - freshMs);
    this.#tellStart();
  }

  async #answer(request: ToExtension): Promise<void> {
    switch (request.type) {
      case 'ready':
        this.#tellStart();
        return;
      case 'refresh':
        this.#start(Date.now());
        return;
      case 'cancel':
        this.#load?.controller.abort();
        return;
      case 'compare':
        this.#until = request.until;
        this.#telling.tell();
        return;
      case 'export':
        await this.#services.save(await this.#whole(), request.format);
        return;
      case 'copyId':
        await this.#copyId(request.key);
        return;
      case 'reveal':
        await this.#reveal(request.key);
        return;
      case 'forgetHistory':
        await this.#forgetHistory();
    }
  }

  /** Reads what is not there yet, or was read before `notBefore`. Takes the place of a load that is under way. */
  #start(notBefore: number): void {
    this.#load?.controller.abort();
    const controller = new AbortController();
    const nodes = this.#nodes;
    const load: ReportLoad = { controller, notBefore, left: new Set(nodes), items: new Map() };
    this.#load = load;
    this.#services.run(this.#run(load, nodes));
  }

  async #run(load: ReportLoad, nodes: readonly Node[]): Promise<void> {
    const { inventory } = this.#services;
    const { controller, left, items, notBefore } = load;
    this.#tellProgress(load);
    const before = await reportOf(nodes, { isLoading: () => true, notBefore });
    if (this.#load !== load) {
      return;
    }
    inventory.expire(
      nodes.filter(node => before.servers.some(each => each.key === node.key && isOld(each, notBefore))),
    );
    this.#telling.tell();
    let changed = true;
    const timer = setInterval(() => {
      if (changed && this.#load === load) {
        this.#tellProgress(load);
        if (this.#telling.isRested) {
          changed = false;
          this.#telling.tell();
        }
      }
    }, tellEveryMs);
    try {
      await Promise.all(
        nodes.map(async node => {
          await crawl(inventory, [node], {
            signal: controller.signal,
            progress: progress => {
              changed = true;
              items.set(node, progress.items);
            },
          });
          left.delete(node);
          changed = true;
        }),
      );
    } finally {
      clearInterval(timer);
    }
    // Another load may have taken over.
    if (this.#load !== load) {
      return;
    }
    const report = await reportOf(nodes, { isLoading: () => false, notBefore });
    if (this.#load === load && !controller.signal.aborted) {
      await this.#remember(report).catch((error: unknown) => {
        // A full disk keeps nobody from reading the report.
        this.#services.log.error(error instanceof Error ? error : new Error(String(error)));
      });
    }
    if (this.#load === load) {
      this.#load = undefined;
      this.#report = report;
      this.#telling.tell();
    }
  }

  /** Gets what there is to compare the report with, and adds the report to it for the next ones. */
  async #remember(report: Report): Promise<void> {
    const { inventory, history } = this.#services;
    const histories = new Map<string, History>();
    const rows = rowsByServer(report);
    for (const server of report.servers) {
      const known = await history.read(server.key);
      histories.set(server.key, known === 'later' ? noHistory : known);
      if (known !== 'later' && isPresent(report, server)) {
        await history.write(server.key, withReport(known, report.at, rows.get(server.key) ?? []));
      }
    }
    this.#histories = histories;
    await history.keepOnly(inventory.servers.map(({ key }) => key));
  }

  get #nodes(): readonly Node[] {
    return this.#services.inventory.servers.filter(({ key }) => this.#servers.includes(key));
  }

  #tellStart(): void {
    this.#page.send({
      type: 'start',
      ...pageLanguage(),
      servers: [...this.#servers],
      outline: outline(),
    });
    this.#telling.tell();
  }

  #tellProgress({ items, left }: ReportLoad): void {
    const sum = [...items.values()].reduce((total, each) => total + each, 0);
    this.#page.send({ type: 'progress', items: sum, servers: this.#servers.length, left: left.size });
  }

  /** Sends the report as it is now. */
  async #tellReport(): Promise<void> {
    const load = this.#load;
    if (load) {
      this.#tellProgress(load);
      const { left, notBefore } = load;
      const report = await reportOf(this.#nodes, { isLoading: node => left.has(node), notBefore });
      if (this.#load === load) {
        this.#report = report;
      }
    }
    const isLoading = this.#load !== undefined;
    const whole = await this.#whole();
    const trend = isLoading ? this.#trend : await trendOf(whole, this.#histories, outline());
    if (this.#load !== load && this.#telling.isDue) {
      return; // of another load than the one that is told of next
    }
    this.#trend = trend;
    const { rows, ...report } = whole;
    const times = new Set([...this.#histories.values()].flatMap(history => earlierTimes(history, report.at)));
    const earlier = [...times].sort((one, other) => other - one);
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      this.#page.send({ type: 'rows', rows: rows.slice(from, from + rowsAtOnce) });
      await nextSlice();
    }
    this.#page.send({ type: 'report', report, rows: rows.length, isLoading, earlier, until: this.#until, trend });
  }

  #whole(): Promise<Report> {
    return withGrowth(this.#report, this.#histories, this.#until);
  }

  #nodeOf(key: string): Node | undefined {
    const row = this.#report.rows.find(each => each.key === key);
    return row && this.#services.inventory.find(row.node ?? row.key);
  }

  async #copyId(key: string): Promise<void> {
    const node = this.#nodeOf(key);
    const copied = node && (await vscode.commands.executeCommand('backupTenancy.copyId', node.key));
    this.#page.send({
      type: 'said',
      text: copied === undefined ? vscode.l10n.t('It no longer exists.') : vscode.l10n.t('Copied the ID.'),
    });
  }

  async #reveal(key: string): Promise<void> {
    const node = this.#nodeOf(key);
    if (node) {
      await this.#services.reveal(node);
    } else {
      this.#page.send({ type: 'said', text: vscode.l10n.t('It no longer exists.') });
    }
  }

  async #forgetHistory(): Promise<void> {
    const forget = vscode.l10n.t('Delete');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Delete the history of all earlier reports?'),
      { modal: true, detail: vscode.l10n.t('Growth will be available again after two more reports.') },
      forget,
    );
    if (answer === forget) {
      await this.#services.history.forgetAll();
      this.#histories = new Map();
      this.#until = undefined;
      this.#telling.tell();
      this.#page.send({ type: 'said', text: vscode.l10n.t('History deleted.') });
    }
  }
}

interface ReportLoad {
  readonly controller: AbortController;
  readonly notBefore: number;
  /** Servers that it has not come to the end of. */
  readonly left: Set<Node>;
  /** Items that it has come upon. */
  readonly items: Map<Node, number>;
}

function isOld({ asOf }: { readonly asOf?: number | undefined }, notBefore: number): boolean {
  return asOf === undefined || asOf < notBefore;
}
