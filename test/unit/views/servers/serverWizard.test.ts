import { expect, test, vi } from 'vitest';
import { CodeWanted, ServerFailed } from '../../../../src/products/failures';
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

const { ServerWizard } = await import('../../../../src/views/servers/serverWizard');
const { askToSignIn } = await import('../../../../src/views/servers/signInSteps');
const { passwordWay } = await import('../../../../src/products/secretFields');

function scene(code?: string) {
  const madeUp = new MadeUpServer();
  madeUp.code = code;
  server.current = madeUp;
  const world = new World();
  const inputs = new QuickInputs();
  const outcome = new ServerWizard(world.servers, new RecentAddresses(world.memory), {}).run();
  return { server: madeUp, world, inputs, outcome };
}

async function toTheName({ server, inputs }: ReturnType<typeof scene>): Promise<void> {
  await inputs.answer('Address', server.origin);
  await inputs.answer('Account', 'ada');
  await inputs.answer('Password', 'right');
  (await inputs.at('Remember')).pick('Remember the password');
  await inputs.answer('Name', 'prod');
}

test('an account without a user name is asked for its API key alone', async () => {
  const { server, world, inputs, outcome } = scene();
  await inputs.answer('Address', server.origin);
  (await inputs.at('Account')).press('Use an API Key');
  const input = await inputs.at('Add Server (2/3): API Key');
  expect(input).toMatchObject({
    password: true,
    prompt: expect.stringMatching(/^API key for made-up\.example\.com:7777\./),
  });
  input.type('wrong');
  input.accept();
  await inputs.answer('Add Server (3/3): Name', 'prod');
  const again = await inputs.at('API Key');
  expect(again.validationMessage?.message).toBe(`${server.host} does not accept this API key.`);
  again.accept();
  await vi.waitFor(() => expect(again.validationMessage?.message).toContain('rejected this API key a moment ago'));
  again.type('key-1');
  again.accept();
  await outcome;
  expect(world.list.servers).toMatchObject([{ name: 'prod', userName: '', accountKind: 'apiKey', version: '1.2' }]);
  expect(server.requests.filter(({ token }) => token === 'wrong')).toHaveLength(1);
});

test('where an account is refused, its name is one step back, with all that was typed', async () => {
  const { server, world, inputs, outcome } = scene();
  await inputs.answer('Address', server.origin);
  await inputs.answer('Account', 'adam');
  await inputs.answer('Password', 'wrong');
  (await inputs.at('Remember')).pick('Remember the password');
  await inputs.answer('Name', 'prod');
  const refused = await inputs.at('Password');
  const message = `${server.host} does not accept this user name and password.`;
  expect(refused.validationMessage?.message).toBe(`${message} To change the user name, go back one step.`);
  refused.accept();
  await vi.waitFor(() => expect(refused.validationMessage?.message).toMatch(/moment ago.* go back one step\.$/));
  refused.press('Back');
  const account = await inputs.at('Account');
  expect(account.value).toBe('adam');
  account.type('ada');
  account.accept();
  const again = await inputs.at('Password');
  expect(again.value).toBe('wrong');
  expect(again.validationMessage).toBeUndefined();
  again.type('right');
  again.accept();
  await outcome;
  expect(world.list.servers).toMatchObject([{ name: 'prod', userName: 'ada' }]);
});

test('the name of a refused account is one step back also where its server is in the list already', async () => {
  const all = scene();
  const { server, world, inputs, outcome } = all;
  await toTheName(all);
  await outcome;
  const second = new ServerWizard(world.servers, new RecentAddresses(world.memory), {}).run();
  await inputs.answer('Address', server.origin);
  await inputs.answer('Account', 'ada');
  (await inputs.at('Already in the List')).pick('Continue anyway');
  await inputs.answer('Password', 'wrong');
  (await inputs.at('Remember')).pick('Remember the password');
  await inputs.answer('Name', 'prod 2');
  (await inputs.at('Password')).press('Back');
  const account = await inputs.at('Account');
  expect(account.value).toBe('ada');
  account.hide();
  expect(await second).toBeUndefined();
});

test('a code is asked for when the server wants it, and asked again when it is wrong', async () => {
  const all = scene('123');
  const { server, world, inputs, outcome } = all;
  await toTheName(all);
  const input = await inputs.at('Add Server (6/6): Code');
  expect(input).toMatchObject({ password: false, prompt: 'The code of your authenticator.' });
  expect(world.list.servers).toEqual([]);
  input.type('000');
  input.accept();
  await vi.waitFor(() => expect(input.validationMessage?.message).toBe('The code is wrong.'));
  input.type('123');
  input.accept();
  await outcome;
  expect(world.list.servers).toMatchObject([{ name: 'prod', userName: 'ada' }]);
  expect([server.sent('/token'), server.sent('/code')]).toEqual([1, 2]);
  expect([...world.secrets.values.values()].join()).toContain('"wantsCode":true');
});

test.each(['leaving', 'going back'])('%s where a code is asked for ends the sign-in', async how => {
  const all = scene('123');
  const { server, world, inputs, outcome } = all;
  await toTheName(all);
  const input = await inputs.at('Code');
  if (how === 'leaving') {
    input.hide();
  } else {
    input.press('Back');
    (await inputs.at('Name')).hide();
  }
  expect(await outcome).toBeUndefined();
  expect(world.list.servers).toEqual([]);
  expect(world.secrets.values.size).toBe(0);
  expect(server.sent('/code')).toBe(0);
});

test('a code that cannot be delivered loses nothing, and Enter saves what was typed, as the input says', async () => {
  const all = scene('123');
  const { server, world, inputs, outcome } = all;
  await toTheName(all);
  const input = await inputs.at('Code');
  server.before = async path => {
    if (path.endsWith('/code')) {
      throw new ServerFailed(server.host, 500);
    }
  };
  input.type('123');
  input.accept();
  await vi.waitFor(() => expect(input.validationMessage?.message).toContain('Press Enter again to save it anyway.'));
  expect([server.sent('/token'), server.sent('/code')]).toEqual([1, 1]);
  input.accept();
  expect(await outcome).toMatchObject({ isSignedIn: false });
  expect(world.list.servers).toMatchObject([{ name: 'prod', userName: 'ada' }]);
  expect([server.sent('/token'), server.sent('/code')]).toEqual([1, 1]);
});

test('a sign-in that is over where a code was asked for begins anew with Enter, and saves nothing untried', async () => {
  const all = scene('123');
  const { server, world, inputs, outcome } = all;
  await toTheName(all);
  const input = await inputs.at('Code');
  server.before = async path => {
    if (path.endsWith('/code')) {
      throw new CodeWanted(server.host);
    }
  };
  input.type('000');
  input.accept();
  await vi.waitFor(() => expect(input.validationMessage?.message).toBe(new CodeWanted(server.host).message));
  input.accept();
  server.before = undefined;
  await inputs.answer('Name', 'prod');
  await inputs.answer('Code', '123');
  expect(await outcome).toMatchObject({ isSignedIn: true });
  expect(world.list.servers).toMatchObject([{ name: 'prod' }]);
  expect([server.sent('/token'), server.sent('/code')]).toEqual([2, 2]);
});

/** A saved server whose password was accepted, and which asks for a code now. */
async function atCode() {
  const { server, world, inputs } = scene('123');
  const id = await world.servers.add(
    { product: 'made-up', url: server.origin, name: 'prod', userName: 'ada' },
    undefined,
  );
  (await inputs.at('Address')).hide();
  const saved = world.saved(id);
  const signedIn = askToSignIn(saved, passwordWay, (secret, remember, signal, ask) =>
    world.servers.signIn(saved, secret, remember, signal, ask),
  );
  await inputs.answer('Password', 'right');
  (await inputs.at('Remember')).pick('Do not remember the password');
  return { server, inputs, signedIn };
}

test('a saved server is signed in to with password and code', async () => {
  const { server, inputs, signedIn } = await atCode();
  const input = await inputs.at('Sign in to prod (3/3): Code');
  input.type('000');
  input.accept();
  await vi.waitFor(() => expect(input.validationMessage?.message).toBe('The code is wrong.'));
  input.type('123');
  input.accept();
  expect(await signedIn).toBe(true);
  expect([server.sent('/token'), server.sent('/code')]).toEqual([1, 2]);
});

test('where a code was asked for and the sign-in is over, Enter on the password begins anew', async () => {
  const { server, inputs, signedIn } = await atCode();
  server.before = async path => {
    if (path.endsWith('/code')) {
      throw new CodeWanted(server.host);
    }
  };
  await inputs.answer('Code', '000');
  const password = await inputs.at('Password');
  expect(password.validationMessage?.message).toBe(new CodeWanted(server.host).message);
  server.before = undefined;
  password.accept();
  await inputs.answer('Code', '123');
  expect(await signedIn).toBe(true);
  expect([server.sent('/token'), server.sent('/code')]).toEqual([2, 2]);
});
