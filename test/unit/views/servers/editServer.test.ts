import { expect, test, vi } from 'vitest';
import { RecentAddresses } from '../../../../src/servers/list/recentAddresses';
import { MadeUpServer } from '../../made-up/server';
import { World } from '../../support';
import { QuickInputs } from '../quickInputs';

const server = vi.hoisted(() => ({ current: undefined as unknown as { transport: unknown } }));

vi.mock('vscode', () => import('../vscode'));
vi.mock('../../../../src/products/registry', async original => {
  const actual = await original<typeof import('../../../../src/products/registry')>();
  return { ...actual, products: [...actual.products, (await import('../../made-up/product')).info] };
});
vi.mock('../../../../src/products/loadProduct', async original => {
  const { loadProduct } = await original<typeof import('../../../../src/products/loadProduct')>();
  const madeUp = (await import('../../made-up/product')).product;
  return { loadProduct: async (id: string) => (id === madeUp.info.id ? madeUp : await loadProduct(id)) };
});
vi.mock('../../../../src/http/transport', () => ({ createTransport: () => server.current.transport }));

const { editServer } = await import('../../../../src/views/servers/editServer');
const { WebConsoles } = await import('../../../../src/views/servers/webConsole');

async function scene() {
  const madeUp = new MadeUpServer();
  server.current = madeUp;
  const world = new World();
  const id = await world.servers.add(
    { product: 'made-up', url: madeUp.origin, name: 'prod', userName: 'ada', apiVersion: 'v1' },
    'right',
  );
  const inputs = new QuickInputs();
  const saved: unknown[] = [];
  const connection = {
    setNoProxy: (noProxy: boolean) => world.servers.setNoProxy(id, noProxy),
    forgetTrust: async () => undefined,
    setClientCertificate: async () => undefined,
  };
  const services = {
    servers: world.servers,
    recent: new RecentAddresses(world.memory),
    connection,
    consoles: new WebConsoles(world.servers),
    saved: (each: unknown) => saved.push(each),
  };
  const outcome = editServer(id, services);
  const list = (name = 'prod') => inputs.at(`Edit ${name}`);
  return { server: madeUp, world, id, inputs, saved, outcome, list };
}

test('lists what is saved with its present value', async () => {
  const { list, outcome } = await scene();
  const shown = await list();
  expect(shown.items).toMatchObject([
    { label: 'Name', description: 'prod' },
    { label: 'Address', description: 'made-up.example.com:7777' },
    { label: 'Way of signing in' },
    { label: 'Account and password', description: 'ada' },
    { label: 'API version' },
    { label: 'Web console', description: 'none' },
    { label: 'Connection' },
    { label: 'Connect without a proxy', description: 'off' },
    { label: 'Client certificate…', description: 'none' },
  ]);
  shown.hide();
  expect(await outcome).toBeUndefined();
});

test('one thing is changed, without a sign-in, and the list comes back', async () => {
  const { list, outcome, inputs, world, id, saved, server } = await scene();
  (await list()).pick('Name');
  await inputs.answer('Edit prod (1/1): Name', 'north');
  const again = await list('north');
  expect(again.activeItems).toMatchObject([{ label: 'Name', description: 'north' }]);
  again.pick('Connect without a proxy');
  await vi.waitFor(() => expect(world.saved(id)).toMatchObject({ name: 'north', noProxy: true }));
  (await list('north')).hide();
  await outcome;
  expect(saved).toMatchObject([{ saved: id }]);
  expect(server.requests).toEqual([]);
});

test('the address of the web console is set, checked, kept while it is typed, and taken away', async () => {
  const { list, outcome, inputs, world, id } = await scene();
  (await list()).pick('Web console');
  const input = await inputs.at('Edit prod: Web Console');
  input.type('http://portal.example.com');
  input.accept();
  await vi.waitFor(() => expect(input.validationMessage?.message).toContain('Enter an https address'));
  input.press('Back');
  (await list()).pick('Web console');
  const again = await inputs.at('Web Console');
  expect(again.value).toBe('http://portal.example.com');
  again.type('https://portal.example.com/console/#/login');
  again.accept();
  (await list()).pick('Web console');
  expect(world.saved(id).webConsole).toBe('https://portal.example.com/console/');
  const last = await inputs.at('Web Console');
  last.type('');
  last.accept();
  (await list()).hide();
  await outcome;
  expect(world.saved(id).webConsole).toBeUndefined();
});

test('what was typed and not saved is there again', async () => {
  const { list, outcome, inputs, world, id } = await scene();
  (await list()).pick('Account and password');
  await inputs.answer('Account', 'grace');
  const password = await inputs.at('Password');
  password.type('half');
  password.press('Back');
  (await inputs.at('Account')).press('Back');
  (await list()).pick('Account and password');
  const account = await inputs.at('Account');
  expect(account.value).toBe('grace');
  account.accept();
  expect((await inputs.at('Password')).value).toBe('half');
  (await inputs.at('Password')).hide();
  (await list()).hide();
  await outcome;
  expect(world.saved(id)).toMatchObject({ userName: 'ada' });
});

test('a wrong password comes back with the sentence, sent once, and the right one is saved', async () => {
  const { list, outcome, inputs, world, id, server } = await scene();
  (await list()).pick('Account and password');
  await inputs.answer('Account', 'grace');
  await inputs.answer('Password', 'wrong');
  (await inputs.at('Remember')).pick('Remember the password');
  const again = await vi.waitFor(async () => {
    const input = await inputs.at('Password');
    expect(input.validationMessage?.message).toContain('does not accept this user name and password');
    return input;
  });
  expect(server.sent('/token')).toBe(1);
  again.type('right');
  again.accept();
  (await list()).hide();
  await outcome;
  expect(world.saved(id)).toMatchObject({ name: 'prod', userName: 'grace' });
  expect(server.sent('/token')).toBe(2);
});

test('an account that stays as it is stays signed in', async () => {
  const { list, outcome, inputs, server } = await scene();
  (await list()).pick('Account and password');
  (await inputs.at('Account')).accept();
  (await inputs.at('Edit prod (2/2): Password')).accept();
  (await list()).hide();
  await outcome;
  expect(server.requests).toEqual([]);
});

test('another way of signing in asks for its secret', async () => {
  const { list, outcome, inputs, world, id, server } = await scene();
  (await list()).pick('Way of signing in');
  (await inputs.at('Way of Signing In')).pick('$(key) Use an API Key');
  await inputs.answer('Edit prod (2/2): API Key', 'key-1');
  expect((await list()).items).toMatchObject([{}, {}, {}, { label: 'API Key' }, {}, {}, {}, {}, {}]);
  (await list()).hide();
  await outcome;
  expect(world.saved(id)).toMatchObject({ userName: '', accountKind: 'apiKey' });
  expect(server.sent('/token')).toBe(0);
});

test('a server that was moved in another window meanwhile gets nothing', async () => {
  const { list, outcome, inputs, world, id, server } = await scene();
  (await list()).pick('Account and password');
  await inputs.answer('Account', 'grace');
  const password = await inputs.at('Password');
  await world.list.change(id, { url: 'https://elsewhere.example.com:7777' });
  password.type('right');
  password.accept();
  const remember = await inputs.at('Remember');
  const problems: string[] = [];
  Object.assign((await import('vscode')).window, { showErrorMessage: async (text: string) => problems.push(text) });
  remember.pick('Remember the password');
  await vi.waitFor(() => expect(problems.join()).toContain('was changed or removed in the meantime'));
  remember.hide();
  (await list()).hide();
  await outcome;
  expect(server.sent('/token')).toBe(0);
  expect(world.saved(id)).toMatchObject({ url: 'https://elsewhere.example.com:7777', userName: 'ada' });
});
