import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { type ProtectedKind, type SampleServer, startVb365, type Vb365Data } from '../../sample-servers';
import { type Answer, requestToken, send, signIn } from './client';
import { Contract, expectValid, type Specification } from './contract';
import { reference } from './references';

const VERSIONS = ['v6', 'v7', 'v8'] as const;

const contracts = new Map<string, Contract>();

function contractOf(context: TestContext, version: string): Contract {
  const folder = reference(context, 'VB365_SPECS');
  let contract = contracts.get(version);
  if (!contract) {
    const text = readFileSync(path.join(folder, `vb365_rest_${version}.json`), 'utf8');
    contract = new Contract(JSON.parse(text) as Specification, `/${version}`);
    contracts.set(version, contract);
  }
  return contract;
}

const kinds = [
  ['user', 'User', 'userId'],
  ['group', 'Group', 'groupId'],
  ['site', 'Site', 'siteId'],
  ['team', 'Team', 'teamId'],
] as const;

describe.each(VERSIONS)('the bodies of VB365 %s', version => {
  let server: SampleServer<Vb365Data>;
  let get: (path: string) => Promise<Answer>;

  beforeAll(async () => {
    server = await startVb365({
      hostileNames: true,
      repositories: 9,
      organizations: 40,
      proxies: 3,
      jobsPerOrganization: 2,
    });
    get = await signIn(server, version);
  });
  afterAll(() => server.close());

  /** It holds data of an organization that is gone, and of one whose id has blanks and colons. */
  const repository = () => server.data.repositories.at(2);
  const inRepository = (name: string) => `/BackupRepositories/${repository().id}/${name}Data`;
  const firstOf = (kind: ProtectedKind) => server.data.protectedIn(repository(), kind).at(0);
  const ofOrganization = () =>
    new URLSearchParams({
      backedUpOrganizationId: repository().organizations.at(3).id,
      repositoryId: repository().id,
    });

  it.for([
    ['/ServiceInstance', () => '/ServiceInstance'],
    ['/BackupRepositories', () => '/BackupRepositories'],
    ['/BackupRepositories/{repositoryId}', () => `/BackupRepositories/${server.data.repositories.at(0).id}`],
    ['/BackupRepositories/{repositoryId}', () => `/BackupRepositories/${server.data.repositories.at(1).id}`],
    [
      '/BackupRepositories/{repositoryId}/backedupOrganizations',
      () => `/BackupRepositories/${server.data.repositories.at(2).id}/backedupOrganizations?limit=2&offset=2`,
    ],
    [
      '/BackupRepositories/{repositoryId}/OrganizationData',
      () => `/BackupRepositories/${server.data.repositories.at(2).id}/OrganizationData`,
    ],
    ['/Organizations', () => '/Organizations?limit=40'],
    ['/Organizations', () => '/Organizations?extendedView=true'],
    ['/Organizations/{organizationId}', () => `/Organizations/${server.data.organizations.at(11).id}`],
    [
      '/Organizations/{organizationId}/usedRepositories',
      () => `/Organizations/${server.data.organizations.at(1).id}/usedRepositories`,
    ],
    [
      '/Organizations/{organizationId}/LicensingInformation',
      () => `/Organizations/${server.data.organizations.at(1).id}/LicensingInformation`,
    ],
    ['/Proxies', () => '/Proxies'],
    ['/Proxies/{proxyId}', () => `/Proxies/${server.data.proxies.at(0).id}`],
    ['/Jobs', () => '/Jobs'],
    ['/Jobs/{jobId}', () => `/Jobs/${server.data.jobs.at(3).id}`],
    ['/License', () => '/License'],
    ...kinds.flatMap(([kind, name, id]) => [
      [`/BackupRepositories/{repositoryId}/${name}Data`, () => `${inRepository(name)}?limit=100`],
      [
        `/BackupRepositories/{repositoryId}/${name}Data/{${id}}`,
        () => `${inRepository(name)}/${encodeURIComponent(firstOf(kind).id)}`,
      ],
    ]),
    ...(version === 'v8'
      ? [
          ['/Health', () => '/Health'],
          ...kinds.flatMap(([kind, name]) => [
            [`/Protected${name}s`, () => `/Protected${name}s?${ofOrganization()}&limit=100`],
            [`/Protected${name}s`, () => `/Protected${name}s?limit=100`],
            [
              `/Protected${name}s/{protected${name}Id}`,
              () => `/Protected${name}s/${encodeURIComponent(firstOf(kind).id)}`,
            ],
          ]),
        ]
      : [
          ['/Organizations/{organizationId}/Jobs', () => `/Organizations/${server.data.organizations.at(0).id}/Jobs`],
          ['/objectstoragerepositories', () => '/ObjectStorageRepositories'],
        ]),
  ] as [string, () => string][])('%s is what the document says', async ([resource, pathOf], context) => {
    const validate = contractOf(context, version).validator(resource, 'get', '200');
    const answer = await get(`/${version}${pathOf()}`);
    expect(answer.status).toBe(200);
    expectValid(validate, answer);
  });

  it('a token is what the document says', async context => {
    const answer = await requestToken(server, {}, version);
    expect(answer.status).toBe(200);
    expectValid(contractOf(context, version).validator('/token', 'post', '200'), answer);
  });

  it('errors are what the document says', async context => {
    const validate = contractOf(context, version).validator('/BackupRepositories', 'get', 'default');
    const unauthorized = await send(server, `/${version}/BackupRepositories`);
    expect(unauthorized.status).toBe(401);
    expectValid(validate, unauthorized);
    const missing = await get(`/${version}/BackupRepositories/${server.data.installationId}`);
    expect(missing.status).toBe(404);
    expectValid(validate, missing);
    expect(missing.json().message).toBeTypeOf('string');
  });

  it('the documents do tell a wrong body from a right one', context => {
    const validate = contractOf(context, version).validator(
      '/BackupRepositories/{repositoryId}/backedupOrganizations',
      'get',
      '200',
    );
    const row = { name: 'Contoso', id: 'x', usedSpaceBytes: null };
    expect(validate({ offset: 0, limit: 30, results: [row] })).toBe(true);
    expect(validate({ offset: 0, limit: 30, results: [{ ...row, usedSpaceBytes: '1' }] })).toBe(false);
    expect(validate({ offset: 0, limit: 30, results: [{ ...row, size: 1 }] })).toBe(false);
    expect(validate([row])).toBe(false);
  });
});
