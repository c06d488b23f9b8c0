import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import { isObject } from '../../../src/base/isObject';
import { type Revision, startBackupReplication } from '../../sample-servers';
import { forThisTest } from '../forThisTest';
import { send } from './client';
import { Contract, type Specification } from './contract';
import { reference } from './references';

const documented = ['1.1-rev0', '1.2-rev1', '1.3-rev1', '1.3-rev2'] as const satisfies readonly Revision[];

type Schema = Readonly<Record<string, unknown>>;

const contracts = new Map<string, Contract>();

function contractOf(context: TestContext, revision: string): Contract {
  const specs = reference(context, 'VBR_SPECS');
  let contract = contracts.get(revision);
  if (!contract) {
    const file = path.join(specs, `vbr_rest_${revision}.json`);
    contract = new Contract(withoutInheritance(JSON.parse(readFileSync(file, 'utf8')) as Specification), '/api');
    contracts.set(revision, contract);
  }
  return contract;
}

/**
 * The documents say by `allOf` that a schema continues another one, whose `oneOf` names it in turn. Here each variant has all
 * its members, and one that is told apart by a word is the variant of that word.
 */
function withoutInheritance(specification: Specification): Specification {
  const schemas = specification.components.schemas as Readonly<Record<string, Schema>>;
  const nameIn = (each: unknown) => String(isObject(each) ? each.$ref : each).replace(/^.*\//, '');
  const whole = (schema: Schema): Schema => {
    const { allOf, oneOf: _oneOf, discriminator: _discriminator, ...own } = schema;
    const parts = (Array.isArray(allOf) ? (allOf as readonly Schema[]) : []).map(part =>
      whole('$ref' in part ? (schemas[nameIn(part)] ?? {}) : part),
    );
    const all = [...parts, own as Schema];
    const properties = Object.assign({}, ...all.map(part => part.properties ?? {})) as Schema;
    if (Object.keys(properties).length === 0) {
      return schema;
    }
    const required = all.flatMap(part => (part.required ?? []) as string[]).filter(name => name in properties);
    return { type: 'object', properties, required };
  };
  const told = (schema: Schema): Schema => {
    const { propertyName, mapping } = (schema.discriminator ?? {}) as { propertyName?: string; mapping?: Schema };
    if (propertyName === undefined || !mapping) {
      return whole(schema);
    }
    const words = Object.keys(mapping);
    const is = (word: Schema) => ({ properties: { [propertyName]: word }, additionalProperties: true });
    return {
      allOf: [
        ...words.map(word => ({ anyOf: [{ not: is({ const: word }) }, whole(schemas[nameIn(mapping[word])] ?? {})] })),
        { anyOf: [is({ enum: words }), whole(schema)] },
      ],
    };
  };
  const components = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, told(schema)]));
  return { ...specification, components: { ...specification.components, schemas: components } };
}

/** Servers send nulls where the documents have nothing that may be null. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, each]) => (each === null ? [] : [[name, withoutNulls(each)]])),
      )
    : value;
}

const infrastructure = '/v1/backupInfrastructure';

describe.each(documented)('%s', newest => {
  async function start(context: TestContext) {
    const contract = contractOf(context, newest);
    const server = await forThisTest(startBackupReplication({ newest, repositories: 30 }));
    const headers: Record<string, string> = { 'x-api-version': newest };
    const { username, password } = server;
    const form = { 'Content-Type': 'application/x-www-form-urlencoded', ...headers };
    const body = new URLSearchParams({ grant_type: 'password', username, password }).toString();
    const token = await send(server, '/api/oauth2/token', { method: 'POST', headers: form, body });
    headers.Authorization = `Bearer ${(token.json() as { access_token: string }).access_token}`;
    const check = (resource: string, answer: { json(): unknown }, method = 'get') => {
      const validate = contract.validator(resource, method, '200');
      validate(withoutNulls(answer.json()));
      const errors = (validate.errors ?? []).map(
        ({ instancePath, message, params }) =>
          `${instancePath.replace(/\d+/, '*')} ${message} ${JSON.stringify(params)}`,
      );
      expect([...new Set(errors)], resource).toEqual([]);
    };
    const get = async (resource: string, ...ids: readonly string[]) => {
      const given = [...ids];
      const place = resource.replaceAll(/\{\w+\}/g, () => given.shift() ?? '');
      const answer = await send(server, `/api${place}`, { headers });
      expect(answer.status, resource).toBe(200);
      check(resource, answer);
    };
    return { server, contract, token, check, get };
  }

  test('answers as documented', async context => {
    const { server, contract, token, check, get } = await start(context);
    check('/oauth2/token', token, 'post');
    const lists = [
      ...['/v1/serverTime', '/v1/serverInfo', '/v1/license', '/v1/jobs/states', '/v1/sessions'],
      ...['repositories/states', 'scaleOutRepositories', 'managedServers', 'proxies'].map(
        name => `${infrastructure}/${name}`,
      ),
      ...[`${infrastructure}/proxies/states`, '/v1/inventory/entraId/tenants'],
    ];
    for (const resource of lists.filter(each => contract.resources.includes(each))) {
      await get(resource);
    }
    const { repositories, scaleOutRepositories, managedServers, proxies } = server.data;
    // Of others, the sample server has no settings.
    const settled = repositories.filter(({ type }) => /Local|Hardened|Smb|Nfs|^S3|AmazonS3$|AzureBlob/.test(type));
    expect(settled.length).toBeGreaterThan(15);
    for (const [name, rows] of Object.entries({
      repositories: settled,
      scaleOutRepositories,
      managedServers,
      proxies,
    })) {
      for (const { id } of rows) {
        await get(`${infrastructure}/${name}/{id}`, id);
      }
    }
  });
});
