import * as vscode from 'vscode';
import { oneLine } from '../../base/text';
import { count } from '../shared/format';
import { nameIn, plain } from '../shared/harmless';
import { pickOne } from '../shared/pick';
import { type Copied, type Form, forms, has, textAs } from './copyForms';
import { isEverywhereForm } from './everywhereTexts';

/** How much of a text is shown of it. */
const longestPreview = 120;

interface Choice extends vscode.QuickPickItem {
  readonly form: Form;
}

/** Asks what items are copied as; undefined if the user does not choose. `last` is what Enter takes at once. */
export async function pickForm(copied: readonly Copied[], last: Form | undefined): Promise<Form | undefined> {
  const [first] = copied;
  const choices = forms.flatMap(form => choiceOf(form, copied) ?? []);
  const title =
    first && copied.length === 1
      ? vscode.l10n.t('Copy {0} As', plain(nameIn(first.node.item.name, 60)))
      : vscode.l10n.t('Copy {0} Items As', count(copied.length));
  const choice = await pickOne(
    choices,
    { title, placeholder: vscode.l10n.t('Choose a format'), matchOnDescription: true },
    choices.find(({ form }) => form === last),
  );
  return choice?.form;
}

function choiceOf(form: Form, copied: readonly Copied[]): Choice | undefined {
  const good = copied.filter(each => has(form, each));
  const [first] = good;
  if (!first) {
    return undefined;
  }
  const number =
    good.length < copied.length ? `${vscode.l10n.t('{0} of {1}', count(good.length), count(copied.length))} · ` : '';
  if (isEverywhereForm(form)) {
    return { label: formName(form), description: number + vscode.l10n.t('on all servers that are open'), form };
  }
  const lines = textAs(form, [first]).split('\n');
  // Comments are not what tells the commands apart.
  const shown = form === 'curl' || form === 'powershell' ? lines.filter(line => !line.startsWith('# ')) : lines;
  const text = shown.join(' ').replace(/ +/g, ' ');
  return {
    label: formName(form),
    description: number + plain(oneLine(text, longestPreview)),
    form,
  };
}

export function formName(form: Form): string {
  switch (form) {
    case 'id':
      return vscode.l10n.t('ID');
    case 'urn':
      return 'URN';
    case 'name':
      return vscode.l10n.t('Name');
    case 'nameAndId':
      return vscode.l10n.t('Name and ID');
    case 'path':
      return vscode.l10n.t('Path');
    case 'url':
      return vscode.l10n.t('REST URL');
    case 'json':
      return 'JSON';
    case 'markdown':
      return vscode.l10n.t('Markdown link');
    case 'curl':
      return 'curl';
    case 'powershell':
      return 'PowerShell';
    case 'terraform':
      return vscode.l10n.t('Terraform variable');
    case 'ansible':
      return vscode.l10n.t('Ansible variable');
    case 'everywhereMarkdown':
      return vscode.l10n.t('IDs everywhere: Markdown table');
    case 'everywhereJson':
      return vscode.l10n.t('IDs everywhere: JSON');
    case 'everywhereTerraform':
      return vscode.l10n.t('IDs everywhere: Terraform map');
  }
}
