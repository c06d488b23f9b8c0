import * as l10n from '@vscode/l10n';
import { expect, test } from 'vitest';
import german from '../../../l10n/bundle.l10n.de.json';
import type { Api } from '../../../src/products/product';
import { Vb365Client } from '../../../src/products/vb365/client';
import { never } from '../never';
import { answer, handedOver } from './answeringApi';

const expected = [
  'eine Dienstinstanz',
  'eine Liste von Backup-Repositorys',
  'eine Liste gesicherter Organisationen',
  'eine Liste von Organisationen',
];

test('says what was expected in the language of the sentence around it', async () => {
  l10n.config({ contents: german });
  const api: Api = {
    host: 'backup.example.com',
    apiVersion: 'v8',
    account: {},
    features: async () => [],
    get: async (_path, _accept, _signal, options) => await handedOver(answer(Buffer.from('null')), options),
  };
  const client = new Vb365Client(api);
  const calls = [
    client.serviceInstance(never),
    client.repositories(0, never),
    client.backedUpOrganizations('id', 0, never),
    client.organizations(0, never),
  ];
  const told = (await Promise.allSettled(calls)).map(result => result.status === 'rejected' && result.reason.message);
  expect(told).toEqual(expected.map(each => `backup.example.com hat etwas anderes als ${each} gesendet.`));
});
