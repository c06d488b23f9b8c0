// The page of the report, inside its panel.

import * as l10n from '@vscode/l10n';
import type { ReportRow } from '../../report/report';
import { type PageState, readPageState, readToPage, type ToExtension, type ToPage } from './messages';
import { ReportView } from './reportView';

interface Host {
  postMessage(message: ToExtension): void;
  getState(): unknown;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
let state = readPageState(host.getState());
let view: ReportView | undefined;
/** Of the report that is on its way. */
let rows: ReportRow[] = [];

function keep(change: Partial<PageState>): void {
  state = { ...state, ...change };
  host.setState(state);
}

function start({ texts, locale, servers, outline }: ToPage & { type: 'start' }): void {
  if (texts) {
    l10n.config({ contents: texts });
  }
  keep({ servers });
  rows = [];
  view ??= new ReportView({
    locale,
    outline,
    tables: state.tables,
    send: message => host.postMessage(message),
    onChange: (id, table) => keep({ tables: { ...state.tables, [id]: table } }),
  });
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = readToPage(data);
  switch (message?.type) {
    case 'start':
      start(message);
      break;
    case 'rows':
      rows.push(...message.rows);
      break;
    case 'report':
      // Of one that began before this page did, some are missing: the next one is on its way.
      if (rows.length === message.rows) {
        view?.show({ ...message.report, rows }, message);
      }
      rows = [];
      break;
    case 'progress':
      view?.showProgress(message);
      break;
    case 'said':
      view?.say(message.text);
      break;
  }
});

host.postMessage({ type: 'ready' });
