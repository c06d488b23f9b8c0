import { expect, test } from 'vitest';
import { useSampleServers } from './use-sample-servers';

const { workbench, samples } = useSampleServers();

test('shows the rows below a row that is opened just when those above it have come anew', async () => {
  await workbench().openView();
  await workbench().expand('em-sample');
  await workbench().expand('Cloud Tenants');
  await workbench().row('Northwind');
  const opened = moment();
  const shown = moment();
  samples().enterpriseManager.intercept = async ({ url }) => {
    if (url?.includes('/subtenants')) {
      // VS Code has asked for the rows below Northwind, and waits for a moment before it takes "Loading…".
      opened.come();
      await shown.here;
    } else {
      await opened.here;
    }
    return false;
  };
  await workbench().contextMenu('em-sample', 'Refresh');
  await workbench().select('Northwind');
  await opened.here;
  expect(await workbench().row('Loading…', 'Northwind')).toMatchObject({ level: 4 });
  shown.come();
  expect(await workbench().row('nw-user-01')).toMatchObject({ level: 4 });
});

function moment(): { readonly here: Promise<void>; readonly come: () => void } {
  let come = () => {};
  const here = new Promise<void>(resolve => {
    come = resolve;
  });
  return { here, come };
}
