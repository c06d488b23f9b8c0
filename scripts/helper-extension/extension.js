// Adds the sample servers that `npm start` has started, through the command that any script could call.
const { readFile } = require('node:fs/promises');
const vscode = require('vscode');

const rememberedKey = 'added';

exports.activate = async context => {
  const file = process.env.BACKUP_TENANCY_SAMPLE_SERVERS;
  if (!file) {
    return;
  }
  // A reloaded window starts here again.
  const added = new Set(context.globalState.get(rememberedKey, []));
  for (const server of JSON.parse(await readFile(file, 'utf8'))) {
    if (!added.has(server.url)) {
      await vscode.commands.executeCommand('backupTenancy.addServer', server);
      await context.globalState.update(rememberedKey, [...added.add(server.url)]);
    }
  }
  await vscode.commands.executeCommand('backupTenancy.servers.focus');
};
