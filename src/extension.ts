import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.window.createTreeView('backupTenancy.servers', {
      treeDataProvider: { getChildren: () => [], getTreeItem: (element: vscode.TreeItem) => element },
    }),
  );
}
