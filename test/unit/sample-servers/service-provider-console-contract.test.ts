import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { type ServiceProviderConsoleServer, startServiceProviderConsole } from '../../sample-servers';
import { type Answer, requestSpcToken, send, signInToSpc } from './client';
import { Contract, expectValid, type Specification } from './contract';
import { reference } from './references';

const VERSIONS = ['3.5.1', '3.6.1'] as const;

const contracts = new Map<string, Contract>();

function contractOf(context: TestContext, version: string): Contract {
  const folder = reference(context, 'VSPC_SPECS');
  let contract = contracts.get(version);
  if (!contract) {
    const specification = JSON.parse(
      readFileSync(path.join(folder, `vspc_rest_v3_${version}.json`), 'utf8'),
    ) as Specification;
    contract = new Contract(corrected(specification, version));
    contracts.set(version, contract);
  }
  return contract;
}

/**
 * The documents were rebuilt. The one of 3.5.1 has lost which members can be null, so there all can; errors have three more
 * members than the documents say.
 */
function corrected(specification: Specification, version: string): Specification {
  for (const schema of Object.values(specification.components.schemas) as { properties?: Record<string, object> }[]) {
    if (version === '3.5.1' && schema.properties) {
      schema.properties = Object.fromEntries(
        Object.entries(schema.properties).map(([name, member]) => [name, { anyOf: [member], nullable: true }]),
      );
    }
  }
  const { ResponseError: error } = specification.components.schemas as {
    ResponseError?: { properties: Record<string, object> };
  };
  Object.assign(error?.properties ?? {}, {
    parameterName: { type: 'string', nullable: true },
    propertyName: { type: 'string', nullable: true },
    retryAfter: { type: 'integer', nullable: true },
  });
  return specification;
}

/** Which uid of the data set stands for a parameter of a path. */
type Parameters = Readonly<Record<string, string>>;

const IN_BOTH = [
  '/about',
  '/users/me',
  '/users',
  '/users/{userUid}',
  '/users/logins',
  '/users/{userUid}/logins',
  '/users/{userUid}/locations',
  '/users/backupResources',
  '/users/{subtenantUserUid}/backupResource',
  '/organizations',
  '/organizations/{organizationUid}',
  '/organizations/{organizationUid}/keys',
  '/organizations/{organizationUid}/locations',
  '/organizations/{organizationUid}/users',
  '/organizations/locations',
  '/organizations/locations/{locationUid}',
  '/organizations/locations/{locationUid}/users',
  '/organizations/provider?expand=Organization',
  '/organizations/provider/companies',
  '/organizations/companies',
  '/organizations/companies?expand=Organization',
  '/organizations/companies/{companyUid}',
  '/organizations/companies/hostedResources/vb365',
  '/organizations/companies/hostedResources/vb365/backupResources',
  '/organizations/companies/{companyUid}/hostedResources/vb365',
  '/organizations/companies/{companyUid}/hostedResources/vb365/{vb365ResourceUid}',
  '/organizations/companies/{companyUid}/hostedResources/vb365/{vb365ResourceUid}/backupResources',
  '/organizations/companies/hostedResources/vbr',
  '/organizations/companies/hostedResources/vbr/backupResources',
  '/organizations/companies/{companyUid}/hostedResources/vbr',
  '/organizations/companies/{companyUid}/hostedResources/vbr/{vbrHostedResourceUid}',
  '/organizations/companies/{companyUid}/hostedResources/vbr/{vbrHostedResourceUid}/backupResources',
  '/organizations/resellers',
  '/organizations/resellers?expand=Organization',
  '/organizations/resellers/{resellerUid}',
  '/organizations/resellers/{resellerUid}/companies',
  '/organizations/resellers/sites',
  '/organizations/resellers/sites/backupResources',
  '/organizations/resellers/sites/backupResources/usage',
  '/organizations/resellers/{resellerUid}/sites',
  '/organizations/resellers/{resellerUid}/sites/{resellerSiteUid}',
  '/organizations/resellers/{resellerUid}/sites/{resellerSiteUid}/backupResources',
  '/organizations/resellers/{resellerUid}/sites/{resellerSiteUid}/backupResources/usage',
  '/organizations/resellers/hostedResources/vb365',
  '/organizations/resellers/{resellerUid}/hostedResources/vb365',
  '/infrastructure/sites',
  '/infrastructure/sites/{siteUid}',
  '/infrastructure/sites/tenants',
  '/infrastructure/sites/tenants/{tenantUid}',
  '/infrastructure/sites/tenants/{tenantUid}/subtenants',
  '/infrastructure/sites/tenants/{pooledTenantUid}/cloudGatewayPools',
  '/infrastructure/sites/tenants/subtenants',
  '/infrastructure/sites/tenants/subtenants/{subtenantUid}',
  '/infrastructure/sites/{siteUid}/tenants',
  '/infrastructure/sites/{siteUid}/tenants/subtenants',
  '/infrastructure/sites/cloudgateways',
  '/infrastructure/sites/cloudgateways/{gatewayUid}',
  '/infrastructure/sites/{siteUid}/cloudgateways',
  '/infrastructure/sites/cloudgatewaypools',
  '/infrastructure/sites/cloudgatewaypools/{poolUid}',
  '/infrastructure/sites/cloudgatewaypools/{poolUid}/cloudgateways',
  '/infrastructure/sites/{siteUid}/cloudgatewaypools',
  '/infrastructure/sites/hardwarePlans',
  '/infrastructure/sites/hardwarePlans/{planUid}',
  '/infrastructure/sites/hardwarePlans/storages',
  '/infrastructure/sites/hardwarePlans/{planUid}/storages',
  '/infrastructure/sites/{siteUid}/hardwarePlans',
  '/infrastructure/backupServers',
  '/infrastructure/backupServers/{backupServerUid}',
  '/infrastructure/backupServers/repositories',
  '/infrastructure/backupServers/repositories?expand=BackupRepositoryInfo',
  '/infrastructure/backupServers/{backupServerUid}/repositories?expand=BackupRepositoryInfo',
  '/infrastructure/backupServers/{backupServerUid}/repositories/{repositoryUid}?expand=BackupRepositoryInfo',
  '/infrastructure/backupServers/jobs',
  '/infrastructure/backupServers/{backupServerUid}/jobs',
  '/infrastructure/backupServers/proxies',
  '/infrastructure/backupServers/{backupServerUid}/proxies',
  '/infrastructure/backupServers/servers',
  '/infrastructure/backupServers/{backupServerUid}/servers',
  '/infrastructure/enterpriseManagers',
  '/infrastructure/enterpriseManagers/{enterpriseManagerUid}',
  '/infrastructure/enterpriseManagers/{enterpriseManagerUid}/backupServers',
  '/infrastructure/vb365Servers',
  '/infrastructure/vb365Servers/{vb365ServerUid}',
  '/infrastructure/vb365Servers/organizations',
  '/infrastructure/vb365Servers/organizations?expand=OrganizationDetails&expand=Vb365Server',
  '/infrastructure/vb365Servers/organizations/companyMappings',
  '/infrastructure/vb365Servers/organizations/jobs',
  '/infrastructure/vb365Servers/{vb365ServerUid}/organizations',
  '/infrastructure/vb365Servers/{vb365ServerUid}/organizations/Microsoft365?expand=OrganizationBase',
  '/infrastructure/vb365Servers/{vb365ServerUid}/organizations/{vb365OrganizationUid}',
  '/infrastructure/vb365Servers/{vb365ServerUid}/backupRepositories',
  '/infrastructure/vb365Servers/{vb365ServerUid}/backupProxies',
];

const ONLY = {
  '3.5.1': [
    '/organizations/companies/{companyUid}/permissions',
    '/organizations/resellers/{resellerUid}/permissions',
    '/organizations/companies/sites',
    '/organizations/companies/sites/backupResources',
    '/organizations/companies/sites/backupResources/usage',
    '/organizations/companies/sites/replicationResources',
    '/organizations/companies/{companyUid}/sites',
    '/organizations/companies/{companyUid}/sites/{siteUid}',
    '/organizations/companies/{companyUid}/sites/{siteUid}/backupResources',
    '/organizations/companies/{companyUid}/sites/{siteUid}/backupResources/usage',
    '/organizations/companies/{companyUid}/sites/{siteUid}/backupResources/{resourceUid}',
    '/organizations/companies/{companyUid}/sites/{siteUid}/traffic',
  ],
  '3.6.1': [
    '/organizations/companies/{companyUid}/siteResources',
    '/organizations/resellers/hostedResources/vbr',
    '/infrastructure/sites/tenants/backupResources',
    '/infrastructure/sites/tenants/backupResources/usage',
    '/infrastructure/sites/tenants/{tenantUid}/backupResources',
    '/infrastructure/sites/tenants/{tenantUid}/backupResources/usage',
    '/infrastructure/sites/tenants/{tenantUid}/backupResources/{resourceUid}',
    '/infrastructure/sites/tenants/replicationResources',
    '/infrastructure/sites/tenants/replicationResources/usage',
    '/infrastructure/sites/tenants/{replicatingTenantUid}/replicationResources',
    '/infrastructure/sites/tenants/{tenantUid}/traffic',
  ],
} as const;

/** As in the document, which may call its parameters otherwise. */
function inDocument(specification: readonly string[], resource: string): string | undefined {
  const shape = (text: string) => text.replaceAll(/\{\w+\}/g, '{}').toLowerCase();
  return specification.find(each => shape(each) === shape(resource.split('?')[0] ?? ''));
}

describe.each(VERSIONS)('the bodies of Service Provider Console %s', version => {
  let server: ServiceProviderConsoleServer;
  let get: (path: string) => Promise<Answer>;
  let parameters: Parameters;

  beforeAll(async () => {
    server = await startServiceProviderConsole({ version, companies: 60, hostileNames: true });
    get = await signInToSpc(server);
    parameters = await uidsOf(server, get);
  });
  afterAll(() => server.close());

  it.for([...IN_BOTH, ...ONLY[version]])('%s is what the document says', async (resource, context) => {
    const contract = contractOf(context, version);
    const validate = contract.validator(inDocument(contract.resources, resource) ?? resource, 'get', '200');
    const filled = resource.replaceAll(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? name);
    const separator = filled.includes('?') ? '&' : '?';
    const answer = await get(`${filled.slice(1)}${separator}limit=500`);
    expect(answer.status).toBe(200);
    expectValid(validate, answer);
    // An empty list would prove nothing.
    expect(answer.json().data).not.toEqual([]);
  });

  it('answers nothing that only the other version has', async () => {
    for (const resource of ONLY[version === '3.5.1' ? '3.6.1' : '3.5.1']) {
      const filled = resource.replaceAll(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? name);
      const answer = await get(filled.slice(1));
      expect([resource, answer.status]).toEqual([resource, 400]);
      expect(answer.json()).toMatchObject({ error: { code: 'UnsupportedApiVersion', innerError: null } });
    }
  });

  it('a token and a refused one are what the document says', async context => {
    const contract = contractOf(context, version);
    expectValid(contract.validator('/token', 'post', '200'), await requestSpcToken(server));
    const secondFactor = await requestSpcToken(server, {
      grant_type: 'password',
      username: 'EXAMPLE\\second-factor',
      password: server.password,
    });
    expectValid(contract.validator('/token', 'post', '200'), secondFactor);
    const refused = await requestSpcToken(server, { password: 'wrong' });
    expect(refused.status).toBe(400);
    expectValid(contract.validator('/token', 'post', '400'), refused);
  });

  it('errors are what the document says', async context => {
    const validate = contractOf(context, version).validator('/organizations/companies', 'get', 'default');
    const answers = [
      await send(server, '/api/v3/organizations/companies'),
      await get('organizations/companies?limit=501'),
      await get(`organizations/companies/${server.data.installationId}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 400, 404]);
    for (const answer of answers) {
      expectValid(validate, answer);
    }
  });

  it('the documents do tell a wrong body from a right one', context => {
    const validate = contractOf(context, version).validator('/organizations/locations', 'get', '200');
    const row = { name: 'Head office', quotaGb: 500, type: 'Default' };
    const body = (data: object) => ({ meta: null, data: [data], errors: null });
    expect(validate(body(row))).toBe(true);
    expect(validate(body({ ...row, quotaGb: '500' }))).toBe(false);
    expect(validate(body({ ...row, type: 'Other' }))).toBe(false);
    expect(validate(body({ ...row, size: 1 }))).toBe(false);
  });
});

async function uidsOf(
  server: ServiceProviderConsoleServer,
  get: (path: string) => Promise<Answer>,
): Promise<Parameters> {
  const { data, accounts } = server;
  const first = async (list: string, member = 'instanceUid') =>
    String((await get(list)).json<{ data: Record<string, unknown>[] }>().data[0]?.[member]);
  const [company] = data.companies;
  const [tenant] = data.cloudConnect.tenants;
  const hosted = data.backupServers.hosted;
  const resellerUid = data.resellers[0]?.id ?? '';
  return {
    companyUid: company?.id ?? '',
    resellerUid,
    organizationUid: data.provider.id,
    userUid: accounts[0]?.id ?? '',
    subtenantUserUid: await first('users/backupResources', 'userUid'),
    locationUid: data.locations[0]?.id ?? '',
    vb365ResourceUid: data.microsoft365.resources.find(each => each.company === company)?.id ?? '',
    vbrHostedResourceUid: data.backupServers.hostedResources[0]?.id ?? '',
    siteUid: tenant?.site.id ?? '',
    resellerSiteUid: await first(`organizations/resellers/${resellerUid}/sites`, 'siteUid'),
    tenantUid: tenant?.id ?? '',
    pooledTenantUid: data.cloudConnect.tenants[3]?.id ?? '',
    replicatingTenantUid: data.cloudConnect.tenants.find(({ like }) => like.hasHardwarePlan)?.id ?? '',
    resourceUid: data.cloudConnect.resources[0]?.id ?? '',
    subtenantUid: data.cloudConnect.subtenants[0]?.source.id ?? '',
    gatewayUid: data.cloudConnect.gateways[0]?.id ?? '',
    poolUid: data.cloudConnect.gatewayPools[0]?.id ?? '',
    planUid: data.cloudConnect.hardwarePlans[0]?.id ?? '',
    backupServerUid: hosted.id,
    repositoryUid: data.backupServers.repositories.find(({ server: of }) => of === hosted)?.id ?? '',
    enterpriseManagerUid: await first('infrastructure/enterpriseManagers'),
    vb365ServerUid: data.microsoft365.servers[0]?.id ?? '',
    vb365OrganizationUid: data.microsoft365.organizations[0]?.id ?? '',
  };
}
