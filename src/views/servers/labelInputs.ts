import * as vscode from 'vscode';
import { oneLine } from '../../base/text';
import type { Label, LabelColor } from '../../items/item';
import { colorName } from '../../items/server';
import { labelColors } from '../../servers/list/savedServer';
import { plain } from '../shared/harmless';
import { themeColor } from '../shared/kinds';
import { pickOne } from '../shared/pick';

/** Short enough to leave room for the rest of the row. */
const longestLabel = 40;

/**
 * Asks for a label; undefined if the user leaves.
 * @param used labels of other servers, offered beside the usual ones
 */
export async function askForLabel(
  title: string,
  used: readonly Label[],
): Promise<{ label: Label | undefined } | undefined> {
  const choice = await pickOne(
    [
      ...distinct([...usual(), ...used]).map(label => ({
        label: plain(label.text ?? (label.color ? colorName(label.color) : '')),
        description: label.text && label.color ? colorName(label.color) : '',
        iconPath: dot(label.color),
        answer: { label } as { label: Label | undefined },
      })),
      { label: vscode.l10n.t('Other Text…'), iconPath: new vscode.ThemeIcon('edit'), answer: 'text' as const },
      {
        label: vscode.l10n.t('Only a Color…'),
        iconPath: new vscode.ThemeIcon('symbol-color'),
        answer: 'color' as const,
      },
      { label: vscode.l10n.t('No Label'), iconPath: new vscode.ThemeIcon('close'), answer: { label: undefined } },
    ],
    { title, placeholder: vscode.l10n.t('Choose a label'), matchOnDescription: true },
  );
  switch (choice?.answer) {
    case 'text':
      return await askForText(title);
    case 'color':
      return await askForColor(title, undefined);
    default:
      return choice?.answer;
  }
}

function usual(): Label[] {
  return [
    { text: vscode.l10n.t('production'), color: 'red' },
    { text: vscode.l10n.t('staging'), color: 'yellow' },
    { text: vscode.l10n.t('test'), color: 'blue' },
    { text: vscode.l10n.t('development'), color: 'green' },
    { text: vscode.l10n.t('disaster recovery'), color: 'purple' },
  ];
}

async function askForText(title: string): Promise<{ label: Label } | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Text of the label'),
    ignoreFocusOut: true,
    validateInput: value =>
      value.trim().length > longestLabel
        ? vscode.l10n.t('A label has at most {0} characters', longestLabel)
        : undefined,
  });
  const line = oneLine(text ?? '', longestLabel);
  return line === '' ? undefined : await askForColor(title, line);
}

async function askForColor(title: string, text: string | undefined): Promise<{ label: Label } | undefined> {
  const colors: readonly (LabelColor | undefined)[] = text === undefined ? labelColors : [undefined, ...labelColors];
  const choice = await pickOne(
    colors.map(color => ({
      label: color ? colorName(color) : vscode.l10n.t('No Color'),
      iconPath: dot(color),
      color,
    })),
    { title, placeholder: vscode.l10n.t('Choose a color') },
  );
  return (
    choice && { label: { ...(text === undefined ? {} : { text }), ...(choice.color ? { color: choice.color } : {}) } }
  );
}

function dot(color: LabelColor | undefined): vscode.ThemeIcon {
  return color ? new vscode.ThemeIcon('circle-filled', themeColor(color)) : new vscode.ThemeIcon('circle-outline');
}

function distinct(labels: readonly Label[]): Label[] {
  return [...new Map(labels.map(label => [`${label.text}\n${label.color}`, label])).values()];
}
