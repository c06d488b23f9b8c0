import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import { isObject } from '../../../../src/base/isObject';
import type { Item } from '../../../../src/items/item';
import { product } from '../../../../src/products/backup-replication';
import { withoutSecrets } from '../../../../src/products/reading/secretMembers';
import { never } from '../../never';
import { reference } from '../../sample-servers/references';
import { answeringApi } from '../answeringApi';
import { below, host } from './fakeServer';

// The vendor's OpenAPI documents: what the client asks for is in them, and it reads the samples in them.

const versions = ['1.1-rev0', '1.2-rev1', '1.3-rev1', '1.3-rev2'] as const;

type Json = Readonly<Record<string, unknown>>;

function documentOf(context: TestContext, version: string): Json {
  const file = path.join(reference(context, 'VBR_SPECS'), `vbr_rest_${version}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

/** A part of a document, references followed. */
function at(document: Json, ...names: readonly string[]): Json {
  let found: unknown = document;
  for (const name of names) {
    found = resolved(document, isObject(found) ? found[name] : undefined);
  }
  return isObject(found) ? found : {};
}

function resolved(document: Json, value: unknown): unknown {
  const target = isObject(value) ? value.$ref : undefined;
  return typeof target === 'string' ? at(document, ...target.replace(/^#\//, '').split('/')) : value;
}

/** The first sample of the good answer. */
function sampleOf(document: Json, resource: string): unknown {
  const content = at(document, 'paths', resource, 'get', 'responses', '200', 'content', 'application/json');
  const examples = content.examples;
  const [first] = isObject(examples) ? Object.values(examples) : [];
  const example = resolved(document, first);
  return isObject(example) ? example.value : content.example;
}

const nothing = { data: [], pagination: { total: 0, count: 0 } };

const infrastructure = '/api/v1/backupInfrastructure';
const lists = [
  { heading: 'Backup Repositories', resource: `${infrastructure}/repositories/states` },
  { heading: 'Scale-Out Repositories', resource: `${infrastructure}/scaleOutRepositories` },
  { heading: 'Jobs', resource: '/api/v1/jobs/states' },
  { heading: 'Managed Servers', resource: `${infrastructure}/managedServers` },
  { heading: 'Backup Proxies', resource: `${infrastructure}/proxies/states` },
  { heading: 'Backup Proxies', resource: `${infrastructure}/proxies` },
  { heading: 'Microsoft Entra ID Tenants', resource: '/api/v1/inventory/entraId/tenants' },
] as const;

/** All that a full walk asks for, with nothing in any list. */
async function walk(version: string): Promise<readonly string[]> {
  const api = answeringApi(version, { '/api/v1/': nothing });
  const { items: headings } = await below(api);
  for (const { name } of headings) {
    await below(api, name);
  }
  const repository: Item = { kind: 'repository', id: 'r', name: 'R', hasChildren: true, objectStorage: false };
  await product.children(api, repository, undefined, never);
  await product.details?.(api, { kind: 'job', id: 'j', name: 'J', hasChildren: false }, never);
  return api.paths;
}

describe.each(versions)('the document of %s', version => {
  test('has every list, with every name and word in the queries', async context => {
    const document = documentOf(context, version);
    const asked = (await walk(version)).map(each => new URL(each, `https://${host}`));
    expect(asked.length).toBeGreaterThan(7);
    for (const { pathname, searchParams } of asked) {
      const { parameters = [] } = at(document, 'paths', pathname, 'get');
      const known = new Map(
        (parameters as readonly unknown[]).map(each => {
          const parameter = resolved(document, each) as Json;
          return [String(parameter.name), resolved(document, parameter.schema) as Json];
        }),
      );
      expect([...known.keys()], pathname).toEqual(expect.arrayContaining([...searchParams.keys()]));
      for (const [name, word] of searchParams) {
        const schema = known.get(name) ?? {};
        const words = schema.enum ?? (resolved(document, schema.items) as Json | undefined)?.enum;
        if (Array.isArray(words)) {
          expect(words, `${pathname} ${name}`).toContain(word);
        }
      }
    }
  });

  test('has samples, which are read whole', async context => {
    const document = documentOf(context, version);
    const asked = (await walk(version)).map(each => new URL(each, `https://${host}`).pathname);
    const served = lists.filter(({ resource }) => asked.includes(resource));
    const read: string[] = [];
    for (const { heading, resource } of served) {
      const sample = sampleOf(document, resource);
      const rows = isObject(sample) && Array.isArray(sample.data) ? (sample.data as readonly unknown[]) : [];
      const body = { data: rows, pagination: { total: rows.length, count: rows.length } };
      const { items, unreadable } = await below(
        answeringApi(version, { [`${resource}?`]: body, '/api/v1/': nothing }),
        heading,
      );
      expect(unreadable, resource).toBeUndefined();
      // Extents stand below their scale-out repositories.
      const extents = rows.filter(row => isObject(row) && isObject(row.scaleOutRepositoryDetails));
      expect(items, resource).toHaveLength(rows.length - (heading === 'Backup Repositories' ? extents.length : 0));
      expect(items.filter(({ id, name }) => id === '' || name === '')).toEqual([]);
      read.push(...(rows.length > 0 ? [resource] : []));
    }
    // Older documents lack some.
    expect(read.length).toBeGreaterThanOrEqual(version === '1.3-rev2' ? served.length : 4);
  });

  test('calls no other member a secret', async context => {
    const found = [...new Set(secretsIn(documentOf(context, version)))];
    expect(found.length).toBeGreaterThan(5);
    const text = JSON.stringify(found.map(name => ({ [name]: 'hunter2' })));
    expect(await withoutSecrets(text, 'json', product.secretMembers ?? [])).not.toContain('hunter2');
  });
});

/** Names of text members that sound like it. */
function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { properties } = value as { readonly properties?: Json };
  const names = Object.entries(properties ?? {}).flatMap(([name, member]) =>
    soundsSecret.test(name) && isObject(member) && member.type === 'string' ? name : [],
  );
  return [...names, ...Object.values(value).flatMap(secretsIn)];
}

const soundsSecret = /password$|secret|privatekey|passphrase|_token$|sharedkey|accesskey|handshakecode/i;
