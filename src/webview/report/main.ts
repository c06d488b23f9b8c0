// The page of the report, inside its panel.

import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import * as l10n from '@vscode/l10n';
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

function keep(change: Partial<PageState>): void {
  state = { ...state, ...change };
  host.setState(state);
}

function start({ texts, locale, servers }: ToPage & { type: 'start' }): void {
  if (texts) {
    l10n.config({ contents: texts });
  }
  keep({ servers });
  view ??= new ReportView({
    locale,
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
    case 'report':
      view?.show(message);
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
