import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../../../scripts/processes';
import type { Node } from '../../../../src/inventory/tree/node';
import { product as enterpriseManager } from '../../../../src/products/enterprise-manager';
import { product as vb365 } from '../../../../src/products/vb365';
import type { ResourceAt } from '../../../../src/servers/connection/connection';
import { ansible, curl, powerShell, terraform } from '../../../../src/views/copy/snippets';
import {
  type SampleServer,
  startBackupReplication,
  startEnterpriseManager,
  startServiceProviderConsole,
  startVb365,
} from '../../../sample-servers';
import { HOSTILE_NAMES } from '../../../sample-servers/names';
import { never } from '../../never';
import { named, World } from '../../support';
import { resourceAt, serverNode, tenantNode } from '../nodes';
import { shellTest } from './shellTest';

const url = 'https://backup.example.com:4443/v8/BackupRepositories/42';
const pin = '5A:7E';

test('curl takes the token from the environment and says how the certificate is trusted', () => {
  expect(curl([{ resource: resourceAt(url), fingerprint: pin }])).toBe(
    [
      '# VB365_TOKEN: the token of a session with this server',
      '# The server has the certificate with SHA-256 5A:7E',
      '# CURL_CA_BUNDLE: PEM file with that certificate or its authority',
      'curl --fail --silent --show-error \\',
      '  --header "Authorization: Bearer $VB365_TOKEN" \\',
      "  --header 'Accept: application/json' \\",
      `  '${url}'`,
    ].join('\n'),
  );
});

test('PowerShell does so, too', () => {
  const resource = resourceAt(url, {
    formats: ['xml'],
    isList: true,
    tokenHeader: { name: 'X-RestSvcSessionId', prefix: '', variable: 'VEEAM_SESSION_ID' },
    versionHeaders: {},
  });
  expect(powerShell([{ resource, fingerprint: undefined }])).toBe(
    [
      '# $env:VEEAM_SESSION_ID: the token of a session with this server',
      '# The API has no call for one of these items alone: it is in the list',
      `Invoke-RestMethod -Uri '${url}' -Headers @{ 'X-RestSvcSessionId' = "$env:VEEAM_SESSION_ID"; Accept = 'application/xml' }`,
    ].join('\n'),
  );
});

test('what every request of a version carries is in the commands, quoted', () => {
  const resource = resourceAt(url, { versionHeaders: { 'x-api-version': "1.3-rev2'$(id)" } });
  const requests = [{ resource, fingerprint: undefined }];
  expect(curl(requests)).toContain(`\n  --header 'x-api-version: 1.3-rev2'\\''$(id)' \\\n`);
  expect(powerShell(requests)).toContain(`; 'x-api-version' = '1.3-rev2''$(id)'; Accept = 'application/json' }`);
});

test.each<[string, () => Promise<SampleServer<unknown>>, string, string]>([
  ['vb365', () => startVb365(), 'Organizations', 'VB365_TOKEN'],
  ['enterprise-manager', () => startEnterpriseManager(), 'Cloud Tenants', 'VEEAM_SESSION_ID'],
  ['backup-replication', () => startBackupReplication(), 'Backup Repositories', 'VBR_TOKEN'],
  ['service-provider-console', () => startServiceProviderConsole(), 'Companies', 'VSPC_TOKEN'],
])('the curl command of %s gets a token with the password that is typed', async (id, start, list, variable) => {
  const { server, world, node } = await World.with(id, start());
  const text = await commandFor(world, named(await world.open(node), list));
  expect(text).not.toContain(server.password);
  const answer = await runs(text, {}, server.certificate, `${server.username}\n${server.password}\n`);
  expect(answer.length).toBeGreaterThan(20);
  expect(server.requests.at(-1)?.status).toBe(200);
  // Nothing is sent without a token, and who has mistyped the password is asked again.
  server.requests.splice(0);
  const twice = await runs(
    `${text} || true\n${text}`,
    {},
    server.certificate,
    `x\nx\n${server.username}\n${server.password}\n`,
  );
  expect(twice).toBe(answer);
  expect(server.requests.map(({ status }) => status !== undefined && status < 400)).toEqual([false, true, true]);
  server.requests.splice(0);
  // A token that is there is used.
  await expect(runs(text, { [variable]: 'none' }, server.certificate)).rejects.toThrow('401');
  expect(server.requests).toHaveLength(1);
});

test('a key is asked for as such, and a second server of the same product gets a token of its own', () => {
  const tokenHeader = { name: 'Authorization', prefix: 'Bearer ', variable: 'VSPC_TOKEN' };
  const requests = [url, 'https://other.example.com/x'].map(each => ({
    resource: resourceAt(each, { tokenHeader, tokenCall: { by: 'key' } }),
    fingerprint: undefined,
  }));
  const lines = (text: string) => text.split('\n').filter(line => /API key/.test(line));
  const key = `$(printf 'API key: ' >&2; IFS= read -rs p; echo >&2; printf %s "$p")`;
  const asking = `{ VSPC_TOKEN=${key}; [ -n "$VSPC_TOKEN" ] || { unset VSPC_TOKEN; false; }; } && {`;
  expect(lines(curl(requests))).toEqual([`[ -n "\${VSPC_TOKEN+set}" ] || ${asking}`, asking]);
  expect(lines(powerShell(requests))).toEqual([
    `& { if (-not (Test-Path env:VSPC_TOKEN)) { $env:VSPC_TOKEN = [Net.NetworkCredential]::new('', (Read-Host 'API key' -AsSecureString)).Password }`,
    `& { $env:VSPC_TOKEN = [Net.NetworkCredential]::new('', (Read-Host 'API key' -AsSecureString)).Password`,
  ]);
});

test('PowerShell asks for the account, with every quote and bracket closed', () => {
  const odd = { versionHeaders: { 'x-api-version': "1'\u2018;$(id)" } };
  const form = { by: 'form', path: '/v8/Token', fields: { grant_type: 'password' } } as const;
  for (const tokenCall of [form, { by: 'basic', path: '/api/sessionMngr/?v=v1_7' } as const]) {
    const text = powerShell([{ resource: resourceAt(url, { ...odd, tokenCall }), fingerprint: undefined }]);
    expect(text).toContain('$c = Get-Credential; $env:VB365_TOKEN = ');
    // Without its literals, in which quotes are doubled, the text has its brackets in pairs and nothing of the header.
    const code = text.replace(/'(?:[^'\u2018]|'')*(?:\u2018\u2018[^'\u2018]*)*'/g, '_').replace(/"[^"]*"/g, '_');
    expect(code).not.toContain('id)');
    const brackets = code.replace(/[^(){}[\]]/g, '');
    let rest = brackets;
    for (let shorter = ''; shorter !== rest; ) {
      shorter = rest;
      rest = rest.replace(/\(\)|\{\}|\[\]/g, '');
    }
    expect(rest).toBe('');
  }
});

shellTest('no command is taken for an answer where lines come to the shell one by one', async () => {
  const servers = await Promise.all(
    [1, 2].map(async () => {
      const { server, world, node } = await World.with('vb365', startVb365());
      const rows = await world.openPath(node, 'Organizations');
      const requests = await Promise.all(
        ['Contoso', 'Fabrikam'].map(async name => {
          const resource = await world.connections.resource(node.item.id, named(rows, name).item, never);
          return { resource: resource as ResourceAt, fingerprint: undefined };
        }),
      );
      return { server, requests };
    }),
  );
  const [{ server, requests }, other] = servers as [(typeof servers)[0], (typeof servers)[0]];
  const certificates = [server, other.server].map(({ certificate }) => certificate).join('\n');
  const account = `${server.username}\n${server.password}\n`;
  const one = await typedIn(curl(requests), account, certificates);
  expect(one.match(/"name": ?"(?:Contoso|Fabrikam)"/g)).toHaveLength(2);
  const both = await typedIn(curl([...requests, ...other.requests]), account.repeat(2), certificates);
  expect(both.match(/"name": ?"(?:Contoso|Fabrikam)"/g)).toHaveLength(4);
  // Without a token, nothing is asked for.
  const before = server.requests.length;
  await expect(typedIn(curl(requests), 'nobody\nwrong\n', certificates)).rejects.toThrow('returned error: 400');
  expect(server.requests.slice(before).map(({ path }) => path)).toEqual(['/v8/Token']);
});

test('PowerShell reads all lines before the first one runs', () => {
  const tokenCall = { by: 'form', path: '/v8/Token', fields: {} } as const;
  const requests = [url, 'https://other.example.com/x'].map(each => ({
    resource: resourceAt(each, { tokenCall }),
    fingerprint: undefined,
  }));
  for (const some of [requests.slice(0, 1), requests]) {
    const lines = powerShell(some).split('\n');
    const first = lines.findIndex(line => !line.startsWith('#'));
    expect(lines[first]).toMatch(/^& \{/);
    let depth = 0;
    const ends = lines.slice(first).map(line => {
      depth += line.startsWith('& {') ? 1 : line === '}' ? -1 : 0;
      return depth;
    });
    expect(ends.indexOf(0)).toBe(ends.length - 1);
  }
});

test('several commands share their comments', () => {
  const requests = [url, `${url}3`].map(each => ({ resource: resourceAt(each), fingerprint: pin }));
  expect(curl(requests).match(/^#/gm)).toHaveLength(3);
  expect(curl(requests).match(/^curl/gm)).toHaveLength(2);
  expect(powerShell(requests).match(/^Invoke/gm)).toHaveLength(2);
});

test('commands for several servers stand below what each of them needs, whatever the order of the rows', () => {
  const other = 'https://other.example.com:4443/v8/Proxies/7';
  const requests = [
    { resource: resourceAt(url), fingerprint: pin },
    { resource: resourceAt(other), fingerprint: undefined },
    { resource: resourceAt(`${url}3`), fingerprint: pin },
  ];
  const lines = curl(requests).split('\n');
  expect(lines.filter(line => /^(?:#|.*https)/.test(line))).toEqual([
    ...[
      '# VB365_TOKEN: the token of a session with this server',
      '# The server has the certificate with SHA-256 5A:7E',
    ],
    ...[expect.stringMatching(/^# CURL_CA_BUNDLE/), `  '${url}'`, `  '${url}3'`],
    ...['# VB365_TOKEN: the token of a session with this server', `  '${other}'`],
  ]);
});

test('no address stands in a comment, as zsh runs what it finds in one', () => {
  const hostile = resourceAt('https://$(touch pwned).example.com/v8/Proxies/7'.replace(' ', '$IFS'));
  for (const text of [curl, powerShell].map(form => form([{ resource: hostile, fingerprint: pin }]))) {
    const comments = text.split('\n').filter(line => line.startsWith('#'));
    expect(comments.length).toBeGreaterThan(0);
    expect(comments.join('\n')).not.toContain('example');
  }
});

shellTest('ids break out of no command, and nothing of a server is in a comment', async () => {
  const ids = [...HOSTILE_NAMES, "'; touch pwned; '", '$(touch pwned)', 'a\nb', '[1-9]{a,b}', '\u2018;\u2019'];
  const requests = ids.map(id => {
    const resource = vb365.resource('v8', {
      kind: 'repository',
      id,
      name: id,
      hasChildren: true,
      objectStorage: false,
    });
    return { resource: resourceAt(`https://backup.example.com:4443${resource?.path}`), fingerprint: pin };
  });
  const text = curl(requests);
  const program = `curl() { printf '%s\\n' "$#" "$8"; }\n${text}`;
  const { stdout } = await promisify(execFile)('sh', ['-c', program], { env: { PATH: process.env.PATH } });
  expect(stdout).toBe(requests.map(({ resource }) => `8\n${resource.url}\n`).join(''));
  for (const comment of text.split('\n').filter(line => line.startsWith('#'))) {
    expect(comment).toMatch(/^# [\w .:/-]+$/);
  }
});

shellTest('the curl command gets an organization of a VB365 server', async () => {
  const { server, world, node } = await World.with('vb365', startVb365());
  const rows = await world.openPath(node, 'Organizations');
  const text = await commandFor(world, named(rows, 'Contoso'));
  const token = String(server.requests.at(-1)?.headers.authorization).replace('Bearer ', '');
  expect(text).not.toContain(token);
  const answer = JSON.parse(await runs(text, { VB365_TOKEN: token }, server.certificate));
  expect(answer).toMatchObject({ name: 'Contoso', id: named(rows, 'Contoso').item.id });
});

shellTest.each([
  ['JSON', true],
  ['XML', false],
])('the curl command gets a subtenant of Enterprise Manager as %s', async (_, json) => {
  const { server, world, node } = await World.with(
    'enterprise-manager',
    startEnterpriseManager(json ? {} : { versions: ['v1_4'], json }),
  );
  const rows = await world.openPath(node, 'Cloud Tenants', 'Northwind');
  const text = await commandFor(world, named(rows, 'nw-user-01'));
  const token = String(server.requests.at(-1)?.headers['x-restsvcsessionid']);
  const answer = await runs(text, { VEEAM_SESSION_ID: token }, server.certificate);
  expect(answer).toContain('nw-user-01');
  expect(answer.startsWith('<')).toBe(!json);
});

shellTest.each(['v3', 'v5', 'v8'])(
  'of VB365 %s, the curl command of a heading gets what is below it',
  async version => {
    const { server, world, node } = await World.with(
      'vb365',
      startVb365({ versions: [version], organizations: 40, organizationsPerRepository: 40 }),
    );
    const north = await world.openPath(node, 'Backup Repositories', 'Repo North', 'Contoso');
    const contoso = await world.openPath(node, 'Organizations', 'Contoso');
    const token = String(server.requests.at(-1)?.headers.authorization).replace('Bearer ', '');
    for (const row of [...(await world.open(node)), ...north, ...contoso]) {
      const heading = row as Node;
      const ids = (await world.open(heading)).flatMap(each => (each.type === 'node' ? (each.item.id ?? []) : []));
      if (ids.length > 0) {
        const answer = await runs(await commandFor(world, heading), { VB365_TOKEN: token }, server.certificate);
        // In v3 a used repository has no id.
        expect(ids.filter(id => !answer.includes(id))).toEqual(
          version === 'v3' && heading.item.id === 'usedRepositories' ? ids : [],
        );
      }
    }
    if (version === 'v8') {
      const answer = await runs(await commandFor(world, node), { VB365_TOKEN: token }, server.certificate);
      expect(JSON.parse(answer)).toMatchObject({ version: expect.stringMatching(/^8\./) });
    } else {
      await expect(commandFor(world, node)).rejects.toThrow('no resource');
    }
  },
);

shellTest('of Enterprise Manager, the curl command of a heading gets what is below it', async () => {
  const { server, world, node } = await World.with('enterprise-manager', startEnterpriseManager());
  const northwind = await world.openPath(node, 'Cloud Tenants', 'Northwind');
  const token = String(server.requests.at(-1)?.headers['x-restsvcsessionid']);
  const headings = [...(await world.open(node)), named(northwind, 'Backup Resources')] as Node[];
  expect(headings.map(({ item }) => item.id)).toEqual(
    expect.arrayContaining(['tenants', 'backupServers', 'gateways', 'hardwarePlans', 'backupResources']),
  );
  for (const heading of headings) {
    const ids = (await world.open(heading)).flatMap(each => (each.type === 'node' ? each.item.id : []));
    expect(ids).not.toEqual([]);
    const answer = await runs(await commandFor(world, heading), { VEEAM_SESSION_ID: token }, server.certificate);
    expect(ids.filter(id => !answer.includes(id))).toEqual([]);
  }
  // Whoever has no session yet learns of the versions.
  const answer = await runs(await commandFor(world, node), { VEEAM_SESSION_ID: '' }, server.certificate);
  expect(answer).toMatch(/<EnterpriseManager.*v1_7/s);
});

shellTest.each(['1.1-rev0', '1.3-rev2'] as const)(
  'of Backup & Replication %s, the curl command gets a row and a heading, as it says the version',
  async newestRevision => {
    const { server, world, node } = await World.with('backup-replication', startBackupReplication({ newestRevision }));
    const rows = await world.openPath(node, 'Backup Repositories');
    const token = String(server.requests.at(-1)?.headers.authorization).replace('Bearer ', '');
    const heading = named(await world.open(node), 'Backup Repositories');
    for (const each of [rows[0] as Node, heading]) {
      const text = await commandFor(world, each);
      expect(text).toContain(`--header 'x-api-version: ${newestRevision}'`);
      const answer = await runs(text, { VBR_TOKEN: token }, server.certificate);
      expect(answer).toContain((rows[0] as Node).item.id);
      expect(server.requests.at(-1)).toMatchObject({ status: 200, headers: { 'x-api-version': newestRevision } });
    }
    const resource = await world.connections.resource(node.item.id, heading.item, never);
    expect(resource && powerShell([{ resource, fingerprint: undefined }])).toContain(
      `'x-api-version' = '${newestRevision}'; Accept`,
    );
  },
);

shellTest('what is in a list alone is asked for with as much of the list as there is at once', async () => {
  const { server, world, node } = await World.with(
    'vb365',
    startVb365({ organizations: 40, organizationsPerRepository: 40 }),
  );
  const rows = await world.openPath(node, 'Backup Repositories', 'Repo North');
  const token = String(server.requests.at(-1)?.headers.authorization).replace('Bearer ', '');
  expect(rows).toHaveLength(40);
  const last = rows.at(-1) as Node;
  expect(await runs(await commandFor(world, last), { VB365_TOKEN: token }, server.certificate)).toContain(last.item.id);
});

test('the token variable is that of the product', () => {
  expect([vb365, enterpriseManager].map(({ tokenHeader }) => tokenHeader.variable)).toEqual([
    'VB365_TOKEN',
    'VEEAM_SESSION_ID',
  ]);
});

test('variables are named after their items, each once', () => {
  const nodes = [
    tenantNode(),
    tenantNode({ id: 'b' }),
    tenantNode({ id: 'c-1', name: 'شركة' }),
    tenantNode({ id: 'd', name: '  Crème & Söhne, GmbH ' }),
    serverNode(),
  ];
  expect(ansible(nodes)).toBe(
    [
      'tenant_northwind_id: "5f3a"',
      'tenant_northwind_id_2: "b"',
      'tenant_c_1_id: "c-1"',
      'tenant_creme_sohne_gmbh_id: "d"',
    ].join('\n'),
  );
});

test('many items of one name are numbered as fast as others', () => {
  const server = serverNode();
  const names = ansible(Array.from({ length: 20_000 }, (_, index) => tenantNode({ id: `${index}` }, server)))
    .split('\n')
    .map(line => line.replace(/:.*/, ''));
  expect(new Set(names).size).toBe(20_000);
  expect(names.at(-1)).toBe('tenant_northwind_id_20000');
});

test('a number behind a name is not taken twice', () => {
  const names = ['Northwind', 'Northwind', 'Northwind ID 2', 'Northwind', 'Northwind'];
  const all = ansible(names.map((name, index) => tenantNode({ id: `${index}`, name }))).split('\n');
  expect(new Set(all.map(line => line.replace(/:.*/, ''))).size).toBe(names.length);
});

test('a Terraform variable carries the ID as default, and hostile names stay in their quotes', () => {
  expect(terraform([tenantNode()])).toBe(
    [
      'variable "tenant_northwind_id" {',
      '  description = "Northwind (tenant, em-prod)"',
      '  type        = string',
      '  default     = "5f3a"',
      '}',
    ].join('\n'),
  );
  for (const name of [...HOSTILE_NAMES, '"\n}\nprovider "x" {']) {
    const lines = terraform([tenantNode({ name, id: name })]).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^variable "[a-z][a-z\d_]*" \{$/);
    expect(lines[1]).toMatch(/^ {2}description = "(?:[^"\\]|\\.)*"$/);
    expect(lines[3]).toMatch(/^ {2}default {5}= "(?:[^"\\]|\\.)*"$/);
  }
});

async function commandFor({ connections, list }: World, { item, root }: Node): Promise<string> {
  const resource = await connections.resource(root.item.id, item, AbortSignal.timeout(10_000));
  if (!resource) {
    throw new Error(`no resource for ${item.name}`);
  }
  return curl([{ resource, fingerprint: list.find(root.item.id)?.trustedFingerprint }]);
}

/** Runs the text as a person would: with nothing set but what its comments ask for. */
/** What commands print in a shell that reads each line only when it comes to it, as one that is typed into does. */
async function typedIn(text: string, answers: string, certificates: string): Promise<string> {
  return await inBash(['-s'], {}, certificates, `${text}\n${answers}`);
}

async function runs(text: string, token: Record<string, string>, certificate: string, typed = ''): Promise<string> {
  return await inBash(['-c', text], token, certificate, typed);
}

async function inBash(
  program: readonly string[],
  token: Readonly<Record<string, string>>,
  certificate: string,
  typed: string,
): Promise<string> {
  const folder = await temporaryFolder('curl');
  onTestFinished(() => folder.remove());
  const file = join(folder.path, 'certificate.pem');
  await writeFile(file, certificate);
  const env = { PATH: process.env.PATH, CURL_CA_BUNDLE: file, ...token };
  const run = promisify(execFile)('bash', program, { env });
  run.child.stdin?.end(typed);
  return (await run).stdout;
}
