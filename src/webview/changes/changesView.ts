import * as l10n from '@vscode/l10n';
import { Numbers } from '../../base/numbers';
import { changeKinds } from '../../changes/changeKinds';
import { changeText, changeTitle } from '../../changes/changeTexts';
import { type Column, DataTable } from '../shared/dataTable';
import { button, element, line, setEnabled } from '../shared/dom';
import { type Either, either } from '../shared/either';
import { itemActions } from '../shared/itemActions';
import { menu } from '../shared/menu';
import { problemLine } from '../shared/problemLine';
import type { TableState } from '../shared/tableState';
import { isWorthAColumn } from '../shared/worthAColumn';
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
  /** When the servers were read, or how far that is. */
  readonly #state = element('p', { class: 'state' });
  readonly #refresh: HTMLElement;
  readonly #cancel: HTMLElement;
  readonly #refreshOrCancel: Either;
  /** What needs a result. */
  readonly #uses: readonly HTMLElement[];
  readonly #update: HTMLElement;
  readonly #failed = element('p', { class: 'failed', role: 'alert' });
  readonly #said = element('p', { class: 'unseen', role: 'status' });
  /** Says that there is no change. */
  readonly #outcome = element('p', { class: 'outcome' });
  readonly #figures = element('dl', { class: 'figures' });
  readonly #threshold = element('p', { class: 'note' });
  readonly #problemList = element('ul');
  readonly #problems = element(
    'section',
    { 'aria-labelledby': 'problems-heading', class: 'problems' },
    element('h2', { id: 'problems-heading' }, l10n.t('Not Compared')),
    this.#problemList,
  );
  readonly #table: DataTable<ChangeRow>;
  readonly #result: HTMLElement;

  constructor(options: ChangesViewOptions) {
    const { send, locale, table } = options;
    this.#options = options;
    this.#numbers = new Numbers(locale);
    const secondary = (label: string, message: FromChangesPage, title?: string) =>
      button(label, () => send(message), { class: 'secondary', ...(title ? { 'aria-label': title, title } : {}) });
    this.#refresh = button(l10n.t('Compare Again'), () => send({ type: 'refresh' }), { class: 'primary' });
    this.#cancel = secondary(l10n.t('Cancel'), { type: 'cancel' });
    this.#refreshOrCancel = either(this.#refresh, this.#cancel);
    this.#update = secondary(l10n.t('Update File'), { type: 'update' });
    const copy = secondary(l10n.t('Copy'), { type: 'copy' }, l10n.t('Copy as Markdown'));
    const exports = menu(l10n.t('Export'), [
      { label: l10n.t('Export as JSON'), run: () => send({ type: 'export', format: 'json' }) },
      { label: l10n.t('Export as Markdown'), run: () => send({ type: 'export', format: 'markdown' }) },
    ]);
    this.#uses = [copy, exports.opener];
    this.#table = new DataTable({
      id: 'changed-items',
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
      actions: itemActions<ChangeRow>({ send, hasId: ({ id }) => id !== '', isThere: ({ isThere }) => isThere }),
      numbers: this.#numbers,
      collator: new Intl.Collator(locale, { numeric: true, sensitivity: 'base' }),
      state: table ?? { sort: 'name', descending: false, filter: '', kind: '', page: 0 },
      onChange: options.onChange,
      say: text => this.say(text),
    });
    this.#result = element(
      'div',
      {},
      this.#outcome,
      this.#figures,
      this.#threshold,
      this.#problems,
      this.#table.element,
    );
    document
      .querySelector('main')
      ?.append(
        element('h1', {}, l10n.t('Changes')),
        element('p', { class: 'note' }, this.#file),
        this.#state,
        element(
          'div',
          { class: 'toolbar', role: 'group', 'aria-label': l10n.t('Changes') },
          this.#refreshOrCancel.element,
          this.#update,
          secondary(l10n.t('Open File'), { type: 'openFile' }),
          copy,
          exports.element,
        ),
        this.#failed,
        this.#said,
        this.#result,
      );
    this.#result.hidden = true;
    this.#set({ isLoading: true, hasResult: false, canUpdate: false });
  }

  showFile(file: string): void {
    this.#file.textContent = file;
  }

  /** What was found before stays until the next result is there. */
  showProgress(items: number): void {
    this.#set({ isLoading: true, hasResult: false, canUpdate: false });
    this.#failed.textContent = '';
    this.#state.textContent = l10n.t('Reading from the servers: {0} items so far', this.#numbers.count(items));
  }

  showFailure(text: string): void {
    this.#set({ isLoading: false, hasResult: false, canUpdate: false });
    this.#state.textContent = '';
    this.#result.hidden = true;
    this.#failed.textContent = text;
  }

  show({ at, usedPercent, same, problems, canUpdate }: ChangeResult, rows: readonly ChangeRow[]): void {
    this.#set({ isLoading: false, hasResult: true, canUpdate });
    this.#failed.textContent = '';
    this.#state.textContent = l10n.t('As of {0}.', this.#numbers.dateTime(at));
    this.#result.hidden = false;
    this.#outcome.hidden = rows.length > 0;
    this.#outcome.textContent =
      problems.length > 0
        ? l10n.t('No change was found, but not everything could be compared.')
        : l10n.t('Nothing has changed.');
    this.#threshold.textContent =
      usedPercent > 0
        ? l10n.t('Used space counts as changed from {0} % on.', this.#numbers.count(usedPercent))
        : l10n.t('Any difference in used space counts.');
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
    this.#table.show(this.#columns(rows), rows);
    this.say(
      rows.length === 0
        ? this.#outcome.textContent
        : [
            l10n.t('{0} changes', this.#numbers.count(rows.length)),
            ...(problems.length > 0 ? [l10n.t('Not compared: {0}', this.#numbers.count(problems.length))] : []),
          ].join(', '),
    );
  }

  /** Announces to screen readers. */
  say(text: string): void {
    this.#said.textContent = text;
  }

  #set({ isLoading, hasResult, canUpdate }: Readonly<Record<'isLoading' | 'hasResult' | 'canUpdate', boolean>>): void {
    this.#refreshOrCancel.show(isLoading ? this.#cancel : this.#refresh);
    for (const each of this.#uses) {
      setEnabled(each, hasResult);
    }
    setEnabled(this.#update, canUpdate);
  }

  #problem({ names, text, signIn }: ChangeResult['problems'][number]): HTMLElement {
    if (signIn === undefined) {
      return problemLine(names, text);
    }
    const run = () => this.#options.send({ type: 'signIn', key: signIn });
    const name = l10n.t('Sign in to {0}', names[0] ?? '');
    return problemLine(names, text, button(l10n.t('Sign In'), run, { class: 'action', 'aria-label': name }));
  }

  /** @param rows of the table, which tell what is worth a column */
  #columns(rows: readonly ChangeRow[]): readonly Column<ChangeRow>[] {
    const hasKinds = isWorthAColumn(rows.map(({ kind }) => kind));
    return [
      {
        id: 'name',
        title: l10n.t('Name'),
        cell: ({ name, kind }) =>
          element(
            'div',
            {},
            line(name || l10n.t('(no name)')),
            hasKinds ? element('span', { class: 'below' }, kind) : undefined,
          ),
        sortBy: ({ name }) => name,
      },
      {
        id: 'kind',
        title: l10n.t('Kind'),
        cell: ({ kind }) => kind,
        sortBy: ({ kind }) => kind,
        isShown: hasKinds,
        look: 'kind',
      },
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
}
