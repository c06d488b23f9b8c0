import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Organization, Subtenant } from '../../../src/items/item';
import { startEnterpriseManager, startVb365 } from '../../sample-servers';
import { reference } from '../sample-servers/references';
import { items, World } from '../support';
import { jsonTwin } from './representations';

// The bodies that the vendor's pages show, decoded through the real client. The pages are not part of this repository:
// where nobody says where they are, only the cases below them run.

/** Below it are its subtenants alone. */
const tenantWithoutResources = 'Fabrikam';

/** The subtenants that the client makes of a body. */
async function subtenantsOf(body: string | Buffer, type: string): Promise<readonly Subtenant[]> {
  const { server, world, node } = await World.with('enterprise-manager', startEnterpriseManager());
  server.intercept = (request, response) => {
    if (!request.url?.includes('/subtenants')) {
      return false;
    }
    response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8` }).end(body);
    return true;
  };
  return items<Subtenant>(await world.openPath(node, 'Cloud Tenants', tenantWithoutResources));
}

/** The organizations of a repository that the client makes of a body, on a server of that version. */
async function organizationsOf(body: string, version: string): Promise<readonly Organization[]> {
  const { server, world, node } = await World.with('vb365', startVb365({ versions: [version] }));
  server.intercept = (request, response) => {
    if (!/\/BackedUpOrganizations/i.test(request.url ?? '')) {
      return false;
    }
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(body);
    return true;
  };
  return items<Organization>(await world.openPath(node, 'Backup Repositories', 'Repo North'));
}

describe("the vendor's page", () => {
  test('of subtenants is decoded to the byte, and its JSON form to the same', async ctx => {
    const text = await readFile(reference(ctx, 'EM_PAGE'), 'utf8');
    const xml = text.slice(text.indexOf('<CloudSubtenants'), text.indexOf('</CloudSubtenants>') + 18);
    const fromXml = await subtenantsOf(xml, 'application/xml');
    const fromJson = await subtenantsOf(JSON.stringify(jsonTwin(xml)), 'application/json');
    expect(fromXml).toEqual(fromJson);

    const all = (pattern: RegExp) => [...xml.matchAll(pattern)].map(([, value]) => value);
    expect(fromXml.map(({ id }) => id)).toEqual(all(/<CloudSubtenant [^>]* Id="([^"]*)"/g));
    expect(fromXml.map(({ name }) => name)).toEqual(all(/<Name>(.*)<\/Name>/g));
    expect(fromXml.map(({ description }) => description)).toEqual(all(/<Description>(.*)<\/Description>/g));
    expect(fromXml.map(({ tenantResourceId }) => tenantResourceId)).toEqual(all(/<TenantResourceId>(.*)<\//g));
    expect(fromXml.map(({ quotaName }) => quotaName)).toEqual(all(/<DisplayName>(.*)<\//g));
    expect(fromXml).toHaveLength(2);
    for (const subtenant of fromXml) {
      expect(subtenant).toMatchObject({ enabled: true, unlimited: true, quotaBytes: undefined, usedBytes: 0 });
    }
  });

  test('of organizations in a repository is decoded from v3', async ctx => {
    const text = await readFile(reference(ctx, 'VB365_PAGE'), 'utf8');
    const example = text.slice(text.indexOf('[', text.indexOf('Response Body:')), text.lastIndexOf('...]') + 4);
    // The page indents with no-break spaces, leaves the rest of the list out, and ends members and elements with commas.
    const json = example
      .replaceAll('\u00a0', ' ')
      .replace('...]', ']')
      .replace(/,(\s*[}\]])/g, '$1');
    const documented = JSON.parse(json) as { name: string; id: string; usedSpaceBytes: string }[];
    const organizations = await organizationsOf(json, 'v3');
    expect(documented.length).toBeGreaterThan(0);
    expect(organizations).toMatchObject(
      documented.map(({ id, name, usedSpaceBytes }) => ({ id, name, usedBytes: Number(usedSpaceBytes) })),
    );
  });
});

const tenant = 'https://em.example.com:9398/api/cloud/tenants/3b3b0000-0000-4000-8000-00000000ff01';

function subtenantXml(id: string, members: string): string {
  return `<CloudSubtenant Type="CloudSubtenant" Href="${tenant}/subtenants/${id}" Id="${id}">
    <Links>
      <Link Rel="Up" Type="CloudTenant" Href="${tenant}?format=Entity&amp;x=1" Name="Northwind" />
      <Link Rel="Delete" Href="${tenant}/subtenants/${id}" />
    </Links>${members}
  </CloudSubtenant>`;
}

function listXml(...subtenants: string[]): string {
  return `<CloudSubtenants xmlns="http://www.veeam.com/ent/v1.0">\n${subtenants.join('\n')}\n</CloudSubtenants>`;
}

const quota = (attributes: string, members: string) => `<RepositoryQuota ${attributes}>${members}</RepositoryQuota>`;

describe('one list in both forms', () => {
  const megabyte = 1024 ** 2;

  test.each<[string, string, readonly Partial<Subtenant>[]]>([
    [
      'a quota and a number where there is none',
      listXml(
        subtenantXml(
          'a1',
          `<Name>nw-01</Name><Enabled>true</Enabled>${quota('Unlimited="false"', '<QuotaMb>10240</QuotaMb><UsedQuotaMb>2048</UsedQuotaMb>')}`,
        ),
        subtenantXml(
          'a2',
          `<Name>nw-02</Name><Enabled>false</Enabled>${quota('Unlimited="true"', '<QuotaMb>1024</QuotaMb><UsedQuotaMb>0</UsedQuotaMb>')}`,
        ),
      ),
      [
        { enabled: true, unlimited: false, quotaBytes: 10_240 * megabyte, usedBytes: 2048 * megabyte },
        { enabled: false, unlimited: true, quotaBytes: undefined, usedBytes: 0 },
      ],
    ],
    [
      'a single one',
      listXml(subtenantXml('0012', '<Name>0042</Name><Description /><Password />')),
      [{ id: '0012', name: '0042', description: undefined, unlimited: undefined, quotaBytes: undefined }],
    ],
    [
      'names with everything in them',
      listXml(
        subtenantXml('b1', '<Name>R&#252;diger &amp; S&#xF6;hne &lt;b&gt; &quot;x&quot;</Name>'),
        subtenantXml('b2', '<Name>  both ends  </Name>'),
        subtenantXml('b3', '<Name>شركة &#x1F600; 株式会社</Name>'),
        subtenantXml('b4', '<Name>&amp;lt; &amp;#65; __proto__</Name>'),
      ),
      [
        { name: 'Rüdiger & Söhne <b> "x"' },
        { name: '  both ends  ' },
        { name: 'شركة 😀 株式会社' },
        { name: '&lt; &#65; __proto__' },
      ],
    ],
    [
      'numbers at their ends',
      listXml(
        subtenantXml(
          'c1',
          `<Name>n</Name>${quota('Unlimited="false"', '<QuotaMb>0</QuotaMb><UsedQuotaMb>1</UsedQuotaMb>')}`,
        ),
        subtenantXml('c2', `<Name>m</Name>${quota('Unlimited="false"', '<QuotaMb>9007199254740993</QuotaMb>')}`),
      ),
      [
        { quotaBytes: 0, usedBytes: megabyte },
        { quotaBytes: 9007199254740992 * megabyte, usedBytes: undefined },
      ],
    ],
  ])('with %s', async (_name, xml, expected) => {
    const fromXml = await subtenantsOf(xml, 'application/xml');
    expect(fromXml).toMatchObject(expected);
    expect(await subtenantsOf(JSON.stringify(jsonTwin(xml)), 'application/json')).toEqual(fromXml);
  });

  test.each([
    ['an XML declaration and a byte-order mark', (xml: string) => Buffer.from(`\uFEFF<?xml version="1.0"?>\n${xml}`)],
    ['UTF-16', (xml: string) => Buffer.from(`\uFEFF<?xml version="1.0" encoding="utf-16"?>${xml}`, 'utf16le')],
    ['a prefix', (xml: string) => Buffer.from(xml.replace(/<(\/?)Cloud/g, '<$1v:Cloud').replace('xmlns=', 'xmlns:v='))],
    ['comments', (xml: string) => Buffer.from(`<!-- hello -->${xml.replace('<Name>', '<!-- name --><Name>')}`)],
    [
      'a letter of two bytes where the start ends that is looked at',
      (xml: string) => Buffer.from(`<!--${'x'.repeat(1023 - 4)}ü-->${xml}`),
    ],
  ])('is read from XML with %s', async (_name, written) => {
    const xml = listXml(subtenantXml('d1', '<Name>nw-01</Name>'));
    expect(await subtenantsOf(written(xml), 'application/xml')).toMatchObject([{ id: 'd1', name: 'nw-01' }]);
  });

  test.each([
    ['[]', '{"CloudSubtenants":[]}', 'application/json'],
    ['null', '{"CloudSubtenants":null}', 'application/json'],
    ['one more level', '{"CloudSubtenants":{"CloudSubtenants":[]}}', 'application/json'],
    ['an empty element', '<CloudSubtenants xmlns="http://www.veeam.com/ent/v1.0" />', 'application/xml'],
    ['an element on two lines', '<CloudSubtenants>\n</CloudSubtenants>', 'application/xml'],
  ])('is empty as %s', async (_name, body, type) => {
    await expect(subtenantsOf(body, type)).rejects.toThrow('empty');
  });
});

describe('organizations in a repository', () => {
  const one = { name: 'Contoso', id: '7a7a0000-0000-4000-8000-000000000001', usedSpaceBytes: '12566568' };

  test.each([
    ['a list, numbers as text', 'v3', [one]],
    ['a list, numbers as numbers', 'v5', [{ ...one, usedSpaceBytes: 12566568 }]],
    [
      'a page',
      'v7',
      { offset: 0, limit: 30, results: [{ ...one, usedSpaceBytes: 12566568, localCacheUsedSpaceBytes: 0 }] },
    ],
    [
      'a page with its links',
      'v8',
      { _links: { self: { href: 'x' }, next: null }, results: [one], limit: 1, offset: 0 },
    ],
  ])('are read from %s', async (_name, version, body) => {
    expect(await organizationsOf(JSON.stringify(body), version)).toMatchObject([
      { id: one.id, name: 'Contoso', usedBytes: 12566568 },
    ]);
  });
});
