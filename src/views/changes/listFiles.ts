import * as vscode from 'vscode';
import { looksLikeSavedList } from '../../changes/looksLikeSavedList';
import { setContext } from '../shared/setContext';

/** Lines of a document that tell whether it is an exported list: its first row. */
const linesLookedAt = 60;

/**
 * Tells menus which of the files that were opened are exported lists, by what is in them. Files named as exports are by default have
 * these menus before the extension is loaded, by their names.
 */
export function watchListFiles(run: (work: Promise<void>) => void): vscode.Disposable {
  const paths: Record<string, true> = {};
  const look = (document: vscode.TextDocument): void => {
    if (
      isJson(document) &&
      looksLikeSavedList(document.getText(new vscode.Range(0, 0, linesLookedAt, 0)).slice(0, 4096))
    ) {
      paths[document.uri.fsPath] = true;
      run(setContext('listFiles', { ...paths }));
    }
  };
  vscode.workspace.textDocuments.forEach(look);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidSaveTextDocument(look),
  );
}

export function isJson({ languageId }: vscode.TextDocument): boolean {
  return languageId === 'json' || languageId === 'jsonc';
}
