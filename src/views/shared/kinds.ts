import * as vscode from 'vscode';
import type { Item, LabelColor } from '../../items/item';
import type { Tone } from '../../items/kind';
import { kindOf } from '../../items/kinds';
import { words } from './words';

/** @param tone of the item's kind for its state, if nothing else is said */
export function iconOf(item: Item, tone?: Tone): vscode.ThemeIcon {
  const icon = kindOf(item.kind).icon(item, words);
  const shown = tone ?? icon.tone;
  return new vscode.ThemeIcon(
    icon.name,
    shown ? new vscode.ThemeColor(`list.${shown}Foreground`) : icon.color && themeColor(icon.color),
  );
}

/** The theme's colour for a label. */
export function themeColor(color: LabelColor): vscode.ThemeColor {
  return new vscode.ThemeColor(`charts.${color}`);
}
