import * as l10n from '@vscode/l10n';
import { expect, test } from 'vitest';
import type { Api } from '../../../src/products/product';
import { Vb365Client } from '../../../src/products/vb365/client';

const bundle = {
  '{0} sent something else than {1}.': '{0} hat etwas anderes als {1} gesendet.',
  'a service instance': 'eine Dienstinstanz',
  'a list of backup repositories': 'eine Liste von Sicherungs-Repositorys',
  'a list of backed-up organizations': 'eine Liste gesicherter Organisationen',
  'a list of organizations': 'eine Liste von Organisationen',
};

test('says what was expected in the language of the sentence around it', async () => {
  l10n.config({ contents: bundle });
  const api: Api = {
    host: 'backup.example.com',
    apiVersion: 'v8',
    features: async () => [],
    get: async () => ({ status: 200, headers: {}, body: Buffer.from('null') }),
  };
  const client = new Vb365Client(api);
  const { signal } = new AbortController();
  const calls = [
    client.serviceInstance(signal),
    client.repositories(0, signal),
    client.backedUpOrganizations('id', 0, signal),
    client.organizations(0, signal),
  ];
  const [, ...expected] = Object.values(bundle);
  const told = (await Promise.allSettled(calls)).map(result => result.status === 'rejected' && result.reason.message);
  expect(told).toEqual(expected.map(each => `backup.example.com hat etwas anderes als ${each} gesendet.`));
});
