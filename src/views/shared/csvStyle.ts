import * as vscode from 'vscode';
import { type CsvStyle, csvStyles } from './tables';

/** How the user wants CSV files. A value that the setting does not have counts as absent. */
export function csvStyle(): CsvStyle {
  const value: unknown = vscode.workspace.getConfiguration('backupTenancy').get('csvStyle');
  return csvStyles.find(each => each === value) ?? 'comma';
}
