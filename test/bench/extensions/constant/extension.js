// The floor of expanding: the same rows as ours, made before anybody asks for them.
const vscode = require('vscode');

const rowsOf = (parent, number) =>
  Array.from({ length: number }, (_, index) => ({
    id: `${parent}-${index}`,
    label: `nw-user-${String(index + 1).padStart(5, '0')}`,
    description: '2 GB of 10 GB',
  }));

// Several of each, as VS Code asks for the rows below one only once.
const parents = Array.from({ length: 6 }, (_, index) => [
  { id: `many${index}`, label: `Many ${index}`, rows: rowsOf(`many${index}`, 10_000) },
  { id: `few${index}`, label: `Few ${index}`, rows: rowsOf(`few${index}`, 12) },
]).flat();

exports.activate = context => {
  const treeDataProvider = {
    getChildren: row => row?.rows ?? (row ? [] : parents),
    getTreeItem: ({ id, label, description, rows: below }) => {
      const { None, Collapsed } = vscode.TreeItemCollapsibleState;
      const item = new vscode.TreeItem(label, below ? Collapsed : None);
      Object.assign(item, { id, description, iconPath: new vscode.ThemeIcon('person') });
      return item;
    },
  };
  context.subscriptions.push(
    vscode.window.createTreeView('benchConstant.rows', { treeDataProvider, canSelectMany: true }),
  );
};
