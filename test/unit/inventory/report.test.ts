import { test } from 'vitest';
import { crawl } from '../../../src/inventory/crawl';
import { reportOf } from '../../../src/inventory/report';
import { startEnterpriseManager, startVb365 } from '../../sample-servers';
import { World } from '../support';

const ended = { isLoading: () => false, notBefore: 0 };
const everything = () => ({ signal: new AbortController().signal });

test('sums of both products', async () => {
  const world = new World();
  const [vb365, enterpriseManager] = [await startVb365(), await startEnterpriseManager()];
  const servers = [await world.add('vb365', vb365), await world.add('enterprise-manager', enterpriseManager)];
  await crawl(world.inventory, servers, everything());
  const report = reportOf(servers, ended);
  console.log(
    JSON.stringify(report.servers, undefined, 1),
    world.log.lines.filter(line => line.startsWith('[error')),
  );
  console.log(report.rows.slice(0, 5));
  await vb365.close();
  await enterpriseManager.close();
});
