import { expect, test, vi } from 'vitest';
import { Failure, type Remedy } from '../../../../src/base/failure';
import { Inventory } from '../../../../src/inventory/inventory';
import type { Notice } from '../../../../src/inventory/tree/node';
import { serverOf } from '../../items';
import { KeptLog } from '../../support';

vi.mock('vscode', () => import('../vscode'));

const { renderRow } = await import('../../../../src/views/tree/rowRenderer');

class Refused extends Failure {
  readonly kind = 'refused';
  readonly short = 'refused';

  constructor(override readonly remedies: readonly Remedy[]) {
    super('The server has refused it.');
  }
}

/** The row that tells of a failure with these remedies. */
async function errorRow(remedies: readonly Remedy[]): Promise<Notice> {
  const inventory = new Inventory({ children: () => Promise.reject(new Refused(remedies)) }, new KeptLog());
  inventory.setServers([serverOf('em')]);
  const [server] = inventory.servers;
  if (!server) {
    throw new Error('no server');
  }
  inventory.childrenOf(server);
  await inventory.settled(server);
  const row = inventory.childrenOf(server).find(({ type }) => type === 'failure');
  if (row?.type !== 'failure') {
    throw new Error('no row');
  }
  return row;
}

test.each<[Remedy, string]>([
  ['signIn', 'signIn'],
  ['trust', 'trustCertificate'],
  ['edit', 'editServer'],
  ['connectionOptions', 'connectionOptions'],
  ['retry', 'refresh'],
  ['showLog', 'showLog'],
])('a click on an error row does what helps first: %s', async (remedy, command) => {
  const row = await errorRow([remedy, 'showLog']);
  expect(renderRow(row, false).command).toEqual({
    command: `backupTenancy.${command}`,
    title: '',
    arguments: [row],
  });
});
