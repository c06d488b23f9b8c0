import { expect, test, vi } from 'vitest';
import { RecentAddresses } from '../../../../src/servers/list/recentAddresses';
import { createCertificate, startEnterpriseManager, startVb365 } from '../../../sample-servers';
import { Line } from '../../faults/line';
import { forThisTest } from '../../forThisTest';
import { World } from '../../support';
import { QuickInputs } from '../quickInputs';

vi.mock('vscode', async () => {
  const stand = await import('../vscode');
  return {
    ...stand,
    InputBoxValidationSeverity: { Error: 3 },
    QuickInputButtons: { Back: { tooltip: 'Back' } },
    QuickPickItemKind: { Separator: -1 },
  };
});

const { ServerWizard } = await import('../../../../src/views/servers/serverWizard');

async function scene() {
  const certificate = await createCertificate();
  const server = await forThisTest(startVb365({ certificate }));
  const other = await forThisTest(startEnterpriseManager({ certificate }));
  const line = await Line.to(server.port);
  const world = new World({ transport: options => ({ ...options, authorities: [certificate.cert] }) });
  const inputs = new QuickInputs();
  const outcome = new ServerWizard(world.servers, new RecentAddresses(world.memory), {}).run();
  await inputs.answer('Address', `127.0.0.1:${line.port}`);
  const account = await inputs.at('Account');
  expect(line.open).toBeGreaterThan(0);
  return { server, other, line, world, inputs, account, outcome };
}

test('a user who leaves keeps no connection to what was found', async () => {
  const { line, account, outcome } = await scene();
  account.hide();
  expect(await outcome).toBeUndefined();
  await vi.waitFor(() => expect(line.open).toBe(0));
});

test('a user who enters another address keeps no connection to the one before', async () => {
  const { other, line, inputs, account, outcome } = await scene();
  account.press('Back');
  await inputs.answer('Address', `127.0.0.1:${other.port}`);
  const again = await inputs.at('Account');
  await vi.waitFor(() => expect(line.open).toBe(0));
  again.hide();
  await outcome;
});

test('a user whose password is refused signs in over a connection of its own then, and leaves none', async () => {
  const { server, line, world, inputs, account, outcome } = await scene();
  account.type(server.username);
  account.accept();
  await inputs.answer('Password', 'wrong');
  (await inputs.at('Remember')).pick('Do not remember the password');
  await inputs.answer('Name', 'prod');
  await vi.waitFor(() => expect(inputs.at('Password')).resolves.toMatchObject({ validationMessage: {} }));
  (await inputs.at('Password')).hide();
  await outcome;
  expect(world.list.servers).toEqual([]);
  await vi.waitFor(() => expect(line.open).toBe(0));
});
