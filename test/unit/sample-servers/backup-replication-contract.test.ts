import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import {
  type BackupReplicationData,
  type Revision,
  type SampleServer,
  startBackupReplication,
} from '../../sample-servers';
import type { ListQuery } from '../../sample-servers/backup-replication/lists';
import * as queries from '../../sample-servers/backup-replication/queries';
import { atLeast } from '../../sample-servers/backup-replication/revisions';
import { type Answer, requestVbrToken, send, signInToVbr } from './client';
import { expectValid, FORMATS } from './contract';
import { reference } from './references';

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  discriminator?: { propertyName: string; mapping: Record<string, string> };
  nullable?: boolean;
  enum?: string[];
  type?: string;
}

interface Operation {
  parameters: { $ref?: string; name: string; schema: Schema }[];
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: Schema }> }>;
}

interface Specification {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; responses: Operation['responses'] };
}

/** Those whose documents are public. */
const DOCUMENTED = ['1.1-rev0', '1.2-rev1', '1.3-rev1', '1.3-rev2'] as const satisfies readonly Revision[];

/** The vendor's OpenAPI document of one revision, whose schemas inherit from each other and vary by a word. */
class RevisionContract {
  private readonly ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS });

  constructor(
    private readonly specification: Specification,
    private readonly revision: Revision,
  ) {
    const schemas = Object.entries(specification.components.schemas);
    const definitions = Object.fromEntries(schemas.map(([name, schema]) => [name, this.definitionOf(schema)]));
    this.ajv.addSchema({ $id: 'api', definitions });
  }

  /** @param resource as in the document, "/api/v1/jobs/states" */
  validator(resource: string, method: 'get' | 'post', status: string): ValidateFunction {
    const given = this.operation(resource, method).responses[status];
    const response = given?.$ref ? this.specification.components.responses[nameIn(given.$ref)] : given;
    const [content] = Object.values(response?.content ?? {});
    if (!content) {
      throw new Error(`The document has no ${method} ${resource} with a body for ${status}`);
    }
    return this.ajv.compile(this.jsonSchemaOf(content.schema));
  }

  /** The parameters of a list, without those of paging, and the words of its orderColumn. */
  listQuery(resource: string): { filters: string[]; order: string[] } {
    const { parameters } = this.operation(resource, 'get');
    const named = parameters.filter(({ name }) => name !== undefined);
    const order = named.find(({ name }) => name === 'orderColumn')?.schema.$ref ?? '';
    const paging = ['skip', 'limit', 'orderColumn', 'orderAsc', 'nameFilter'];
    return {
      filters: named.map(({ name }) => name).filter(name => !paging.includes(name)),
      order: this.specification.components.schemas[nameIn(order)]?.enum ?? [],
    };
  }

  private operation(resource: string, method: 'get' | 'post'): Operation {
    const operation = this.specification.paths[resource]?.[method];
    if (!operation) {
      throw new Error(`The document has no ${method} ${resource}`);
    }
    return operation;
  }

  /**
   * A schema with a discriminator contains its variants, each of which contains it again. Here the word decides which of
   * the variants holds; a word without a variant leaves the common members.
   */
  private definitionOf(schema: Schema): object {
    const { discriminator } = schema;
    if (!discriminator) {
      return this.jsonSchemaOf(schema);
    }
    const { propertyName, mapping } = discriminator;
    const words = Object.keys(mapping);
    const common = { if: { properties: { [propertyName]: { enum: words } } }, else: this.jsonSchemaOf(schema) };
    const variants = Object.entries(mapping).map(([word, variant]) => ({
      if: { properties: { [propertyName]: { const: word } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { $ref: `api#/definitions/${nameIn(variant)}` },
    }));
    return { allOf: [common, ...variants] };
  }

  /** OpenAPI leaves objects open; here they are closed, so that a member the document does not know is found. */
  private jsonSchemaOf(schema: Schema): object {
    if (schema.$ref) {
      return { $ref: `api#/definitions/${nameIn(schema.$ref)}` };
    }
    const { properties, required } = this.membersOf(schema);
    const { allOf: _allOf, oneOf: _oneOf, discriminator: _discriminator, nullable, items, ...plain } = schema;
    const result = {
      ...plain,
      ...(items ? { items: this.jsonSchemaOf(items) } : {}),
      ...(schema.allOf || schema.properties
        ? {
            type: 'object',
            properties: Object.fromEntries(
              Object.entries(properties).map(([name, member]) => [name, this.memberSchema(member, required, name)]),
            ),
            // 1.1-rev0 requires members that it does not describe, and no sample has them.
            required: required.filter(name => Object.hasOwn(properties, name)),
            additionalProperties: false,
          }
        : {}),
    };
    return nullable ? { anyOf: [result, { type: 'null' }] } : result;
  }

  /** The vendor's samples of 12.x write null where an optional member has no value. */
  private memberSchema(member: Schema, required: readonly string[], name: string): object {
    const schema = this.jsonSchemaOf(member);
    const canBeNull = !atLeast(this.revision, '1.3-rev0') && !required.includes(name);
    return canBeNull ? { anyOf: [schema, { type: 'null' }] } : schema;
  }

  private membersOf(schema: Schema): { properties: Record<string, Schema>; required: string[] } {
    const properties = { ...schema.properties };
    const required = [...(schema.required ?? [])];
    for (const part of schema.allOf ?? []) {
      const whole = part.$ref ? this.specification.components.schemas[nameIn(part.$ref)] : part;
      const members = this.membersOf(whole ?? {});
      Object.assign(properties, members.properties);
      required.push(...members.required);
    }
    return { properties, required };
  }
}

function nameIn(reference: string): string {
  return reference.split('/').at(-1) ?? '';
}

const contracts = new Map<string, RevisionContract>();

function contractOf(context: TestContext, revision: Revision): RevisionContract {
  const folder = reference(context, 'VBR_SPECS');
  let contract = contracts.get(revision);
  if (!contract) {
    const text = readFileSync(path.join(folder, `vbr_rest_${revision}.json`), 'utf8');
    contract = new RevisionContract(JSON.parse(text) as Specification, revision);
    contracts.set(revision, contract);
  }
  return contract;
}

const INFRASTRUCTURE = '/api/v1/backupInfrastructure';

const LISTS: readonly [resource: string, allowed: ListQuery, since?: Revision][] = [
  [`${INFRASTRUCTURE}/repositories/states`, queries.REPOSITORY_STATES],
  [`${INFRASTRUCTURE}/repositories`, queries.REPOSITORIES],
  [`${INFRASTRUCTURE}/scaleOutRepositories`, queries.SCALE_OUT_REPOSITORIES],
  [`${INFRASTRUCTURE}/managedServers`, queries.MANAGED_SERVERS],
  [`${INFRASTRUCTURE}/proxies`, queries.PROXIES],
  [`${INFRASTRUCTURE}/proxies/states`, queries.PROXY_STATES, '1.3-rev0'],
  ['/api/v1/jobs/states', queries.JOB_STATES],
  ['/api/v1/jobs', queries.JOBS],
  ['/api/v1/sessions', queries.SESSIONS],
  ['/api/v1/inventory/entraId/tenants', queries.ENTRA_TENANTS, '1.2-rev0'],
];

describe.each(DOCUMENTED)('the bodies of Backup & Replication %s', revision => {
  let server: SampleServer<BackupReplicationData>;
  let get: (path: string) => Promise<Answer>;

  beforeAll(async () => {
    server = await startBackupReplication({
      newestRevision: revision,
      repositories: 60,
      hostileNames: true,
      scaleOutInStates: true,
      unknownCapacityGB: -1,
    });
    get = await signInToVbr(server, revision);
  });
  afterAll(() => server.close());

  const lists = LISTS.filter(([, , since]) => since === undefined || atLeast(revision, since));
  const data = () => server.data;

  it.for([
    ...lists.map(([resource]) => [resource, () => resource]),
    [
      `${INFRASTRUCTURE}/repositories/states`,
      () => `${INFRASTRUCTURE}/repositories/states?skip=3&limit=2&orderColumn=Name`,
    ],
    ['/api/v1/serverTime', () => '/api/v1/serverTime'],
    ['/api/v1/serverInfo', () => '/api/v1/serverInfo'],
    ['/api/v1/serverCertificate', () => '/api/v1/serverCertificate'],
    [`${INFRASTRUCTURE}/repositories/{id}`, () => `${INFRASTRUCTURE}/repositories/${data().repositories[2]?.id}`],
    [
      `${INFRASTRUCTURE}/scaleOutRepositories/{id}`,
      () => `${INFRASTRUCTURE}/scaleOutRepositories/${data().scaleOutRepositories[1]?.id}`,
    ],
    [`${INFRASTRUCTURE}/managedServers/{id}`, () => `${INFRASTRUCTURE}/managedServers/${data().managedServers[2]?.id}`],
    ['/api/v1/jobs/{id}', () => `/api/v1/jobs/${data().jobs[0]?.id}`],
    ['/api/v1/sessions/{id}', () => `/api/v1/sessions/${data().sessions[0]?.id}`],
    [`${INFRASTRUCTURE}/proxies/{id}`, () => `${INFRASTRUCTURE}/proxies/${data().proxies[0]?.id}`],
    ...(atLeast(revision, '1.2-rev0')
      ? [
          ['/api/v1/license', () => '/api/v1/license'],
          [
            '/api/v1/inventory/entraId/tenants/{id}',
            () => `/api/v1/inventory/entraId/tenants/${data().entraTenants[2]?.id}`,
          ],
        ]
      : []),
  ] as [string, () => string][])('%s is what the document says', async ([resource, pathOf], context) => {
    const validate = contractOf(context, revision).validator(resource, 'get', '200');
    const answer = await get(pathOf().replace('/api/v1/', ''));
    expect(answer.status).toBe(200);
    expectValid(validate, answer);
  });

  it.for(lists)('the query of %s is what the document says', ([resource, allowed], context) => {
    const expected = contractOf(context, revision).listQuery(resource);
    const namesOf = (items: Readonly<Record<string, { since?: Revision }>>) =>
      Object.entries(items)
        .filter(([, { since }]) => since === undefined || atLeast(revision, since))
        .map(([name]) => name);
    expect(namesOf(allowed.filters).sort()).toEqual([...expected.filters].sort());
    expect(namesOf(allowed.order).sort()).toEqual([...expected.order].sort());
  });

  it('a token and the end of a session are what the document says', async context => {
    const contract = contractOf(context, revision);
    const answer = await requestVbrToken(server, {}, revision);
    expect(answer.status).toBe(200);
    expectValid(contract.validator('/api/oauth2/token', 'post', '200'), answer);
    const { access_token } = answer.json<{ access_token: string }>();
    const headers = { Authorization: `Bearer ${access_token}`, 'x-api-version': revision };
    const logout = await send(server, '/api/oauth2/logout', { method: 'POST', headers });
    expectValid(contract.validator('/api/oauth2/logout', 'post', '200'), logout);
  });

  it('errors are what the document says', async context => {
    const contract = contractOf(context, revision);
    const resource = `${INFRASTRUCTURE}/repositories/{id}`;
    const headers = { 'x-api-version': revision };
    const unauthorized = await send(server, '/api/v1/backupInfrastructure/repositories', { headers });
    expect(unauthorized.status).toBe(401);
    expectValid(contract.validator(resource, 'get', '401'), unauthorized);
    const missing = await get(`backupInfrastructure/repositories/${server.data.vbrId}`);
    expect(missing.status).toBe(404);
    expectValid(contract.validator(resource, 'get', '404'), missing);
    const refused = await requestVbrToken(server, { password: 'wrong' }, revision);
    expect(refused.status).toBe(401);
    expectValid(contract.validator('/api/oauth2/token', 'post', '401'), refused);
    const incomplete = await requestVbrToken(server, { grant_type: 'refresh' }, revision);
    expect(incomplete.status).toBe(400);
    expectValid(contract.validator('/api/oauth2/token', 'post', '400'), incomplete);
  });

  it('the documents do tell a wrong body from a right one', async context => {
    const validate = contractOf(context, revision).validator(`${INFRASTRUCTURE}/managedServers`, 'get', '200');
    const body = (await get('backupInfrastructure/managedServers')).json<{ data: Record<string, unknown>[] }>();
    expect(validate(body)).toBe(true);
    const [first, ...others] = body.data;
    for (const change of [
      { name: 1 },
      { type: 'Mainframe' },
      { surprise: true },
      { networkSettings: { components: 'x' } },
    ]) {
      expect(validate({ ...body, data: [{ ...first, ...change }, ...others] }), JSON.stringify(change)).toBe(false);
    }
  });
});
