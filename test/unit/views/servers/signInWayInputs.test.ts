import { beforeEach, describe, expect, test, vi } from 'vitest';
import { accountKinds, microsoft365 } from '../../../../src/products/vb365/accountKinds';
import type { SavedServer } from '../../../../src/servers/list/savedServer';
import { answerLists, window } from '../vscode';

vi.mock('vscode', () => import('../vscode'));

const { askForSettings, askForWay, withDeviceCode } = await import('../../../../src/views/servers/signInWayInputs');
const [kind] = accountKinds('v8');

const account = { clientId: '6c1f3c1e-0000-4000-8000-000000000001', tenant: 'contoso.onmicrosoft.com' };
const server: SavedServer = {
  id: 'id',
  product: 'vb365',
  // The name is anybody's choice, so it must not be all that is shown.
  name: 'm365-prod',
  url: 'https://backup.example.com:4443',
  userName: 'admin@contoso.onmicrosoft.com',
  microsoft365: account,
};

/** All that is said, one after another. */
let said: string[];

beforeEach(() => {
  said = [];
  const answers = [account.tenant, account.clientId];
  answerLists<{ readonly detail: string }>(items => {
    said = items.map(({ detail }) => detail);
    return undefined;
  });
  Object.assign(window, {
    showInputBox: async ({ prompt, value }: { readonly prompt: string; readonly value: string }) => {
      said.push(`${prompt} [${value}]`);
      return answers[said.length - 1];
    },
    showInformationMessage: async (message: string) => {
      said.push(message);
      return undefined;
    },
    withProgress: async (_options: unknown, work: (progress: unknown, token: unknown) => Promise<void>) => {
      const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
      await work({ report: ({ message }: { readonly message: string }) => said.push(message) }, token);
    },
  });
});

describe('a sign-in with a Microsoft 365 account says who gets what', () => {
  test('where the way to sign in is chosen', async () => {
    await askForWay(server, kind, async () => kind);
    expect(said[0]).toContain('backup.example.com:4443 gets the tokens.');
    expect(said[1]).toBe('Sent to backup.example.com:4443.');
  });

  test('before there is a code, beside the organization and the application', async () => {
    expect(await askForSettings(server, microsoft365)).toEqual(account);
    expect(said).toEqual([
      `Microsoft 365 organization. backup.example.com:4443 gets the tokens that Microsoft issues. [${account.tenant}]`,
      expect.stringMatching(/Application .* Its tokens go to backup\.example\.com:4443\. \[6c1f3c1e-.*\]$/),
    ]);
  });

  test('with the place to sign in where that is not the usual one', async () => {
    const authority = 'https://login.microsoftonline.us';
    await askForSettings({ ...server, microsoft365: { ...account, authority } }, microsoft365);
    expect(said[0]).toContain('You sign in at login.microsoftonline.us.');
  });

  test('with the code', async () => {
    const code = { userCode: 'SAMPLE-42', verificationUrl: 'https://microsoft.example.com/devicelogin', expires: 0 };
    await withDeviceCode(server, microsoft365, account, async show => show(code));
    expect(said.at(-1)).toBe(
      'To sign in to m365-prod, enter the code SAMPLE-42 at Microsoft. backup.example.com:4443 then gets the tokens of the ' +
        `application ${account.clientId} in ${account.tenant}.`,
    );
  });
});
