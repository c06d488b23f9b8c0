import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { type EnterpriseManagerData, type SampleServer, startEnterpriseManager } from '../../sample-servers';
import { openSession } from './client';
import { reference } from './references';

/** Names, nesting and order of elements and the names of their attributes; no values. */
type Structure = { element: string; attributes: string[]; children: Structure[] };

function structureOf(xml: string): Structure[] {
  const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '' });
  return (parser.parse(xml) as Record<string, unknown>[]).flatMap(structuresOf);
}

function structuresOf(node: Record<string, unknown>): Structure[] {
  const element = Object.keys(node).find(name => name !== ':@' && name !== '#text');
  if (element === undefined) {
    return [];
  }
  const children = (node[element] as Record<string, unknown>[]).flatMap(structuresOf);
  return [{ element, attributes: Object.keys((node[':@'] as object | undefined) ?? {}), children }];
}

function documentedExample(context: TestContext): string {
  const page = readFileSync(reference(context, 'EM_PAGE'), 'utf8');
  const example = /<CloudSubtenants[\s\S]*<\/CloudSubtenants>/.exec(page)?.[0];
  if (!example) {
    throw new Error('The page shows no list of subtenants');
  }
  return example;
}

describe("the list of a tenant's subtenants", () => {
  let server: SampleServer<EnterpriseManagerData>;

  beforeAll(async () => {
    server = await startEnterpriseManager();
  });
  afterAll(() => server.close());

  it.for(['v1_5', 'v1_7'])(
    'has the structure of the documented example in a session of %s',
    async (version, context) => {
      const expected = structureOf(documentedExample(context));
      const get = await openSession(server, version);
      // Two subtenants, like the example.
      const answer = await get(`/api/cloud/tenants/${server.data.tenants.at(0).id}/subtenants`);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toContain('application/xml');
      expect(structureOf(answer.text)).toEqual(expected);
    },
  );

  it('has that structure for every subtenant, whatever its values', async context => {
    const [expected] = structureOf(documentedExample(context));
    const large = await startEnterpriseManager({ tenants: 1, subtenantsPerTenant: 12, hostileNames: true });
    try {
      const get = await openSession(large);
      const [list] = structureOf((await get(`/api/cloud/tenants/${large.data.tenants.at(0).id}/subtenants`)).text);
      expect(list?.children).toEqual(Array.from({ length: 12 }, () => expected?.children[0]));
    } finally {
      await large.close();
    }
  });

  it('is compared in a way that notices a difference', () => {
    const structure = structureOf('<A x="1"><B /><C>1</C></A>');
    expect(structureOf('<A x="2"><B></B><C>2</C></A>')).toEqual(structure);
    expect(structureOf('<A><B /><C>1</C></A>')).not.toEqual(structure);
    expect(structureOf('<A x="1"><C>1</C><B /></A>')).not.toEqual(structure);
    expect(structureOf('<A x="1"><B><C>1</C></B></A>')).not.toEqual(structure);
  });
});
