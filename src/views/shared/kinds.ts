import * as vscode from 'vscode';
import type { Item, LabelColor } from '../../items/item';
import { kindOf } from '../../items/kinds';
import { words } from './words';

export function iconOf(item: Item): vscode.ThemeIcon {
  const { name, tone, color } = kindOf(item.kind).icon(item, words);
  return new vscode.ThemeIcon(
    name,
    tone ? new vscode.ThemeColor(`list.${tone}Foreground`) : color && themeColor(color),
  );
}

/** The theme's colour for a label. */
export function themeColor(color: LabelColor): vscode.ThemeColor {
  return new vscode.ThemeColor(`charts.${color}`);
}
