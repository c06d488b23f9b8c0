// The page of changes, inside its panel.

import * as l10n from '@vscode/l10n';
import { ChangesView } from './changesView';
import {
  type ChangeRow,
  type FromChangesPage,
  readChangesPageState,
  readToChangesPage,
  type ToChangesPage,
} from './messages';

interface Host {
  postMessage(message: FromChangesPage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
let view: ChangesView | undefined;
/** Of the result that is on its way. */
let rows: ChangeRow[] = [];

function start({ texts, locale, file }: ToChangesPage & { type: 'start' }): void {
  if (texts) {
    l10n.config({ contents: texts });
  }
  rows = [];
  view ??= new ChangesView({
    locale,
    table: readChangesPageState(host.getState()).table,
    send: message => host.postMessage(message),
    onChange: table => host.setState({ table }),
  });
  view.showFile(file);
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = readToChangesPage(data);
  switch (message?.type) {
    case 'start':
      start(message);
      break;
    case 'progress':
      view?.showProgress(message.items);
      break;
    case 'rows':
      rows.push(...message.rows);
      break;
    case 'result':
      // Of one that began before this page did, some are missing: the next one is on its way.
      if (rows.length === message.rows) {
        view?.show(message.result, rows);
      }
      rows = [];
      break;
    case 'failed':
      view?.showFailure(message.text);
      break;
    case 'said':
      view?.say(message.text);
      break;
  }
});

host.postMessage({ type: 'ready' });
