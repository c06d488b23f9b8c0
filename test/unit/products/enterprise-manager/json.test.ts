import { expect, test } from 'vitest';
import { isObject } from '../../../../src/base/isObject';
import { documentedNames, withDocumentedNames } from '../../../../src/products/enterprise-manager/json';
import * as wire from '../../../../src/products/enterprise-manager/wire';
import { xmlOrJson } from '../../../../src/products/enterprise-manager/xml';
import { parseBody } from '../../../../src/products/reading/bodyParser';
import { inCamelCase } from '../../../sample-servers/enterprise-manager/representations';
import { turnsDuring } from '../../eventLoop';

async function parsed(text: string): Promise<unknown> {
  return await parseBody('em.example.com:9398', Buffer.from(text), xmlOrJson);
}

test.each([
  ['{"uid":1,"externalIP":2,"adTenantType":3,"cpuCount":4,"vCloudTenant":5}'],
  ['{"UID":1,"ExternalIP":2,"ADTenantType":3,"CPUCount":4,"vCloudTenant":5}'],
  ['{"Uid":1,"EXTERNALIP":2,"AdTenantType":3,"CpuCount":4,"VCloudTenant":5}'],
])('%s has the documented names', async text => {
  expect(await parsed(text)).toEqual({ UID: 1, ExternalIP: 2, ADTenantType: 3, CPUCount: 4, vCloudTenant: 5 });
});

test('names are documented at every depth, and those that are not read stay as they came', async () => {
  const text =
    '{"cloudTenants":[null,7,{"links":[{"rel":"Up","other":{"href":"x"}}],"backupCount":1}],"Ünïcode":[[{"id":1}]]}';
  expect(await parsed(text)).toEqual({
    CloudTenants: [null, 7, { Links: [{ Rel: 'Up', other: { Href: 'x' } }], backupCount: 1 }],
    Ünïcode: [[{ Id: 1 }]],
  });
});

test('the documented spelling counts, whatever stands beside it', async () => {
  expect(await parsed('{"name":"b","Name":"a","NAME":"c"}')).toEqual({ Name: 'a' });
  expect(await parsed('{"Name":"a","name":"b"}')).toEqual({ Name: 'a' });
});

test('no name becomes a prototype', async () => {
  const body = await parsed('{"name":"a","__proto__":{"UID":"b"}}');
  expect(isObject(body) && body.UID).toBeUndefined();
  expect(Object.keys(body as object)).toEqual(['Name']);
});

test('every member that is read can be written in any case', () => {
  const known = new Set(documentedNames);
  const read = new Set(Object.values(wire).flatMap(each => [...namesIn(each)]));
  expect(read.size).toBeGreaterThan(50);
  expect([...read].filter(name => !known.has(name))).toEqual([]);
});

/** The names of the members that a schema reads. */
function* namesIn(schema: unknown): Generator<string> {
  if (Array.isArray(schema)) {
    for (const each of schema) {
      yield* namesIn(each);
    }
  } else if (isObject(schema)) {
    for (const [part, inner] of Object.entries(schema)) {
      if (part === 'entries' && isObject(inner)) {
        yield* Object.keys(inner);
        yield* namesIn(Object.values(inner));
      } else if (part === 'item' || part === 'wrapped' || part === 'pipe') {
        yield* namesIn(inner);
      }
    }
  }
}

test('a long list is gone through in slices', async () => {
  const links = Array.from({ length: 4 }, () => ({ Rel: 'Up', Href: 'x', Type: 'CloudTenant', Name: 'y' }));
  const list = inCamelCase(Array.from({ length: 20_000 }, (_, id) => ({ Id: String(id), Links: links })));
  expect(await turnsDuring(() => withDocumentedNames(list))).toBeGreaterThan(3);
});
