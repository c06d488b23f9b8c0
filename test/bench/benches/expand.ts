import { type CurlTimes, curlTimes } from '../curl';
import { type Bench, type Measurement, median } from '../measurement';
import { type BenchServer, only, startServers } from '../servers';
import { BenchWindow, packages } from '../window';

/** Tenants with subtenants. */
const tenants = ['Northwind', 'Fabrikam', 'Tenant 00004', 'Tenant 00005', 'Tenant 00007'];

/** From the click to the last of 10,000 rows, in a real VS Code. */
export const bench: Bench = {
  async run() {
    const built = await packages();
    const many = { tenants: 12, subtenantsPerTenant: 10_000 };
    const json = await startServers({ enterpriseManager: { number: 1, options: many } });
    const xml = await startServers({ enterpriseManager: { number: 1, options: { ...many, json: false } } });
    const window = await BenchWindow.open(built);
    try {
      const [jsonServer, xmlServer] = [only(json.all), only(xml.all)];
      // A first round makes the code warm, here and in VS Code.
      await constants(window, [5]);
      const floor = await constants(window, [0, 1, 2, 3, 4]);
      const curl = await curlTimes(jsonServer);
      return [
        ...(await measure(window, jsonServer, 'JSON', floor, curl)),
        ...(await measure(window, xmlServer, 'XML', floor, curl)),
      ];
    } finally {
      await window.close();
      json.close();
      xml.close();
      await built.remove();
    }
  },
};

interface Constants {
  readonly few: number;
  readonly many: number;
  readonly block: number;
}

/**
 * VS Code showing rows that are there already, from the click to the last one.
 * @param parents of the rows, none of which has been opened: VS Code asks only once
 */
async function constants(window: BenchWindow, parents: readonly number[]): Promise<Constants> {
  await window.openContainer('Bench Constant');
  await window.workbench.row('Many 0');
  const few: number[] = [];
  const many: number[] = [];
  let block = 0;
  for (const index of parents) {
    few.push((await window.expand(`Few ${index}`)).last);
    await window.collapse(`Few ${index}`);
    await window.watch();
    many.push((await window.expand(`Many ${index}`)).last);
    block = Math.max(block, await window.longestBlock());
    await window.collapse(`Many ${index}`);
  }
  return { few: median(few), many: median(many), block };
}

async function measure(
  window: BenchWindow,
  server: BenchServer,
  format: 'JSON' | 'XML',
  floor: Constants,
  curl: CurlTimes,
): Promise<readonly Measurement[]> {
  const firsts: number[] = [];
  const names = [1, 2, 3, 4, 5].map(number => `em-${format}-${number}`);
  for (const name of names) {
    await openServer(window, server, name);
    firsts.push((await window.expand('Cloud Tenants')).first);
    await window.collapse(name);
  }
  const [name = ''] = names;
  await window.workbench.expand(name);
  await window.workbench.row('Northwind', name);
  const times: number[] = [];
  let block = 0;
  for (const tenant of tenants) {
    await window.watch();
    const { last, rows } = await window.expand(tenant);
    if (rows < 10_000) {
      throw new Error(`${rows} rows below ${tenant}`);
    }
    times.push(last);
    block = Math.max(block, await window.longestBlock());
    await window.collapse(tenant);
  }
  await window.collapse(name);
  return [
    {
      what: `first rows of a group, warm session, ${format}`,
      unit: 'ms',
      value: median(firsts),
      floor: { what: 'curl of the same call, and VS Code showing as many constant rows', value: curl.few + floor.few },
      target: 'firstRows',
    },
    {
      what: `10,000 subtenants from the click to the last row, ${format}`,
      unit: 'ms',
      value: median(times),
      floor: { what: 'curl, JSON.parse, and VS Code showing 10,000 constant rows', value: curl.many + floor.many },
      target: format === 'JSON' ? 'expandJson' : 'expandXml',
    },
    {
      what: `longest block of the extension host during that, ${format}`,
      unit: 'ms',
      value: block,
      floor: { what: 'VS Code showing 10,000 constant rows', value: floor.block },
      target: 'expandBlock',
    },
  ];
}

/** To its own rows, by a session that is warm. */
async function openServer(window: BenchWindow, { url, username, password, fingerprint }: BenchServer, name: string) {
  const added = window.command('backupTenancy.addServer', {
    ...{ product: 'enterprise-manager', url, username, password, name },
    trustedFingerprint: fingerprint,
  });
  await (await window.workbench.dialog()).press('Trust This Certificate for This Server');
  await added;
  await window.openContainer('Backup Tenancy');
  await window.workbench.row(name);
  await window.workbench.expand(name);
  await window.workbench.row('Cloud Tenants', name);
}
