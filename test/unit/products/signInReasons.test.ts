import { expect, test } from 'vitest';
import type { Transport } from '../../../src/http/request';
import { product as enterpriseManager } from '../../../src/products/enterprise-manager';
import type { Product } from '../../../src/products/product';
import { product as vb365 } from '../../../src/products/vb365';
import { never } from '../never';

const host = 'server.example.com:443';
const credentials = { userName: 'EXAMPLE\\ada', password: 'p' };

function answering(status: number, body: unknown): Transport {
  return {
    origin: `https://${host}`,
    host,
    certificate: undefined,
    request: async () => ({ status, headers: {}, body: Buffer.from(JSON.stringify(body)), clean: words => words }),
    close: async () => undefined,
  };
}

test.each<[string, Product, string, number, unknown]>([
  ['VB365', vb365, 'v8', 400, { error: 'invalid_grant', error_description: 'Only operators may sign in here.\n' }],
  ['Enterprise Manager', enterpriseManager, 'v1_7', 401, { Message: 'Only operators may sign in here.' }],
])('%s says why it refuses a sign-in', async (_name, product, version, status, body) => {
  await expect(product.signIn(answering(status, body), version, credentials, never)).rejects.toMatchObject({
    kind: 'credentialsRefused',
    message: `${host} does not accept this user name and password: Only operators may sign in here.`,
  });
  await expect(product.signIn(answering(status, {}), version, credentials, never)).rejects.toMatchObject({
    message: `${host} does not accept this user name and password.`,
  });
});

test('VB365 says why it refuses a Microsoft 365 account', async () => {
  const http = answering(400, { message: 'Tenant authentication is off.' });
  const settings = { clientId: 'client', tenant: 'contoso.onmicrosoft.com' };
  const account = { userName: 'a', password: 'assertion', way: 'microsoft365', settings };
  await expect(vb365.signIn(http, 'v8', account, never)).rejects.toMatchObject({
    message: expect.stringMatching(/must be enabled there\. \(Tenant authentication is off\.\)$/),
  });
});
