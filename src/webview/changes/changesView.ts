import * as l10n from '@vscode/l10n';
import { Numbers } from '../../base/numbers';
import { changeKinds } from '../../changes/changeKinds';
import { changeText, changeTitle } from '../../changes/changeTexts';
import { type Action, type Column, DataTable } from '../shared/dataTable';
import { button, element, setEnabled } from '../shared/dom';
import { menu } from '../shared/menu';
import type { TableState } from '../shared/tableState';
import type { ChangeResult, ChangeRow, FromChangesPage } from './messages';

export interface ChangesViewOptions {
  readonly locale: string | undefined;
  /** How the table was shown. */
  readonly table: TableState | undefined;
  readonly send: (message: FromChangesPage) => void;
  readonly onChange: (table: TableState) => void;
}

/** All that is on the page. */
export class ChangesView {
  readonly #options: ChangesViewOptions;
  readonly #numbers: Numbers;
  readonly #file = element('bdi');
  readonly #asOf = element('p', { class: 'note' });
  readonly #refresh: HTMLElement;
  readonly #cancel: HTMLElement;
  /** What needs a result. */
  readonly #uses: readonly HTMLElement[];
  readonly #update: HTMLElement;
  readonly #progress = element('p', { class: 'progress' });
  readonly #failed = element('p', { class: 'failed', role: 'alert' });
  readonly #said = element('p', { class: 'unseen', role: 'status' });
  readonly #figures = element('dl', { class: 'figures' });
  readonly #problemList = element('ul');
  readonly #problems = element(
    'section',
    { 'aria-labelledby': 'problems-heading', class: 'problems' },
    element('h2', { id: 'problems-heading' }, l10n.t('Not Compared')),
    this.#problemList,
  );
  readonly #table: DataTable<ChangeRow>;

  constructor(options: ChangesViewOptions) {
    const { send, locale, table } = options;
    this.#options = options;
    this.#numbers = new Numbers(locale);
    const secondary = (label: string, message: FromChangesPage, title?: string) =>
      button(label, () => send(message), { class: 'secondary', ...(title ? { 'aria-label': title, title } : {}) });
    this.#refresh = button(l10n.t('Compare Again'), () => send({ type: 'refresh' }), { class: 'primary' });
    this.#cancel = secondary(l10n.t('Cancel'), { type: 'cancel' });
    this.#update = secondary(l10n.t('Update File'), { type: 'update' });
    const copy = secondary(l10n.t('Copy'), { type: 'copy' }, l10n.t('Copy as Markdown'));
    const exports = menu(l10n.t('Export'), [
      { label: l10n.t('Export as JSON'), run: () => send({ type: 'export', format: 'json' }) },
      { label: l10n.t('Export as Markdown'), run: () => send({ type: 'export', format: 'markdown' }) },
    ]);
    this.#uses = [copy, exports.opener];
    this.#table = new DataTable({
      id: 'changes',
      title: l10n.t('Changed Items'),
      sort: 'name',
      keyOf: ({ key }) => key,
      groupOf: ({ group }) => group,
      textOf: ({ name, id, group, kind, details }) => [name, id, group, kind, details],
      kinds: changeKinds.map(kind => ({
        id: kind,
        label: changeTitle(kind),
        includes: ({ what }: ChangeRow) => what.includes(kind),
      })),
      actions: this.#actions(),
      numbers: this.#numbers,
      collator: new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }),
      state: table ?? { sort: 'name', descending: false, filter: '', kind: '', page: 0 },
      onChange: options.onChange,
      say: text => this.say(text),
    });
    document
      .querySelector('main')
      ?.append(
        element('h1', {}, l10n.t('Changes')),
        element('p', { class: 'note' }, this.#file),
        this.#asOf,
        element(
          'div',
          { class: 'toolbar', role: 'group', 'aria-label': l10n.t('Changes') },
          this.#refresh,
          this.#cancel,
          this.#update,
          secondary(l10n.t('Open File'), { type: 'openFile' }),
          copy,
          exports.element,
        ),
        this.#progress,
        this.#failed,
        this.#said,
        this.#figures,
        this.#problems,
        this.#table.element,
      );
    this.#set({ isLoading: true, hasResult: false, canUpdate: false });
    this.#table.show([], []);
    this.#problems.hidden = true;
  }

  showFile(file: string): void {
    this.#file.textContent = file;
  }

  showProgress(items: number): void {
    this.#set({ isLoading: true, hasResult: false, canUpdate: false });
    this.#failed.textContent = '';
    this.#progress.textContent = l10n.t('Reading from the servers: {0} items so far', this.#numbers.count(items));
  }

  showFailure(text: string): void {
    this.#set({ isLoading: false, hasResult: false, canUpdate: false });
    this.#failed.textContent = text;
  }

  show({ at, usedPercent, same, problems, canUpdate }: ChangeResult, rows: readonly ChangeRow[]): void {
    this.#set({ isLoading: false, hasResult: true, canUpdate });
    this.#failed.textContent = '';
    const threshold =
      usedPercent > 0
        ? l10n.t('Used space counts as changed from {0} % on.', this.#numbers.count(usedPercent))
        : l10n.t('Any difference in used space counts.');
    this.#asOf.textContent = [
      rows.length > 0
        ? l10n.t('As of {0}.', this.#numbers.dateTime(at))
        : problems.length > 0
          ? l10n.t('No change was found as of {0}, but not everything could be compared.', this.#numbers.dateTime(at))
          : l10n.t('Nothing has changed as of {0}.', this.#numbers.dateTime(at)),
      threshold,
    ].join(' ');
    const figures = changeKinds
      .map(kind => ({ title: changeTitle(kind), count: rows.filter(({ what }) => what.includes(kind)).length }))
      .filter(({ count }) => count > 0);
    this.#figures.replaceChildren(
      ...[...figures, { title: l10n.t('Unchanged'), count: same }].map(({ title, count }) =>
        element('div', { class: 'figure' }, element('dt', {}, title), element('dd', {}, this.#numbers.count(count))),
      ),
    );
    this.#problems.hidden = problems.length === 0;
    this.#problemList.replaceChildren(...problems.map(problem => this.#problem(problem)));
    this.#table.show(this.#columns(), rows);
    this.say(
      rows.length === 0 ? (this.#asOf.textContent ?? '') : l10n.t('{0} changes', this.#numbers.count(rows.length)),
    );
  }

  /** Announces to screen readers. */
  say(text: string): void {
    this.#said.textContent = text;
  }

  #set({ isLoading, hasResult, canUpdate }: Readonly<Record<'isLoading' | 'hasResult' | 'canUpdate', boolean>>): void {
    this.#refresh.hidden = isLoading;
    this.#cancel.hidden = !isLoading;
    if (!isLoading) {
      this.#progress.textContent = '';
    }
    for (const each of this.#uses) {
      setEnabled(each, hasResult);
    }
    setEnabled(this.#update, canUpdate);
  }

  #problem({ text, signIn }: ChangeResult['problems'][number]): HTMLElement {
    const action =
      signIn === undefined
        ? undefined
        : button(l10n.t('Sign In'), () => this.#options.send({ type: 'signIn', key: signIn }), { class: 'action' });
    return element('li', {}, element('bdi', {}, text), ' ', action);
  }

  #columns(): readonly Column<ChangeRow>[] {
    return [
      {
        id: 'name',
        title: l10n.t('Name'),
        cell: ({ name }) => element('bdi', {}, name || l10n.t('(no name)')),
        sortBy: ({ name }) => name,
      },
      { id: 'kind', title: l10n.t('Kind'), cell: ({ kind }) => kind, sortBy: ({ kind }) => kind },
      {
        id: 'what',
        title: l10n.t('Change'),
        cell: ({ what }) => what.map(changeText).join(', '),
        sortBy: ({ what }) => what.map(kind => changeKinds.indexOf(kind)).join(' '),
      },
      {
        id: 'details',
        title: l10n.t('Details'),
        cell: ({ details }) => element('bdi', { class: 'details' }, details),
        sortBy: ({ details }) => details || undefined,
      },
    ];
  }

  #actions(): readonly Action<ChangeRow>[] {
    const { send } = this.#options;
    return [
      {
        label: l10n.t('Copy ID'),
        name: ({ name }) => l10n.t('Copy ID of {0}', name),
        run: ({ key }) => send({ type: 'copyId', key }),
        isFor: ({ id }) => id !== '',
      },
      {
        label: l10n.t('Reveal'),
        name: ({ name }) => l10n.t('Reveal {0} in the tree', name),
        run: ({ key }) => send({ type: 'reveal', key }),
        isFor: ({ isThere }) => isThere,
      },
    ];
  }
}
