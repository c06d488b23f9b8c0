import { describe, expect, onTestFinished, test } from 'vitest';
import { createTransport } from '../../../../src/http/transport';
import type { DeviceCode } from '../../../../src/products/signIn';
import { requestAssertion } from '../../../../src/products/vb365/deviceCode';
import { secretKey } from '../../../../src/servers/session/serverSecrets';
import {
  createCertificate,
  type IdentityProviderOptions,
  startIdentityProvider,
  startVb365,
  type Vb365Options,
} from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { never } from '../../never';
import { KeptLog, labels, World } from '../../support';

const authority = await createCertificate({ commonName: 'sample authority', ca: true });
const certificate = await createCertificate({ issuer: authority });
const tenant = 'contoso.onmicrosoft.com';
const clientId = '6c1f3c1e-0000-4000-8000-000000000001';

async function provider(options: Partial<IdentityProviderOptions> = {}) {
  const server = await forThisTest(startIdentityProvider({ certificate, clientId, tenant, ...options }));
  const http = createTransport({ origin: server.url, authorities: [authority.cert], log: new KeptLog() });
  onTestFinished(() => http.close());
  return { server, http };
}

describe('the device code flow', () => {
  /** Instead of waiting, time is counted, and `then` is what the user does meanwhile. */
  async function run(
    { server, http }: Awaited<ReturnType<typeof provider>>,
    then: (round: number) => void = () => {},
    account = { clientId, tenant },
    controller = new AbortController(),
  ) {
    const shown: DeviceCode[] = [];
    const waits: number[] = [];
    const wait = async (milliseconds: number) => {
      waits.push(milliseconds);
      then(waits.length);
    };
    const outcome = await requestAssertion(http, account, code => shown.push(code), controller.signal, wait).then(
      assertion => ({ assertion }),
      (failure: unknown) => ({ failure }),
    );
    return { ...outcome, shown, waits, requests: server.requests };
  }

  test('shows a code, asks at the interval that was wanted, and takes the whole answer', async () => {
    const sample = await provider({ intervalSeconds: 7 });
    const { assertion, shown, waits } = (await run(sample, round => {
      sample.server.data.answer = round < 3 ? 'pending' : 'accepted';
    })) as { assertion: string; shown: DeviceCode[]; waits: number[] };
    expect(shown).toMatchObject([
      { userCode: 'SAMPLE-42', verificationUrl: 'https://microsoft.example.com/devicelogin' },
    ]);
    expect(waits).toEqual([7000, 7000, 7000]);
    expect(JSON.parse(assertion)).toMatchObject({ access_token: sample.server.data.issued[0], token_type: 'Bearer' });
  });

  test('asks less often when told so', async () => {
    const sample = await provider();
    sample.server.data.errors.push('slow_down', 'authorization_pending', 'slow_down');
    sample.server.data.answer = 'accepted';
    expect((await run(sample)).waits).toEqual([5000, 10_000, 10_000, 15_000]);
  });

  test('ends when the code has expired, by its own count and by what the service says', async () => {
    expect(await run(await provider({ codeLifetimeSeconds: 20 }))).toMatchObject({
      failure: { kind: 'deviceCode', reason: 'expired' },
      waits: [5000, 5000, 5000, 5000],
    });
    const sample = await provider();
    sample.server.data.errors.push('expired_token');
    expect(await run(sample)).toMatchObject({ failure: { kind: 'deviceCode', reason: 'expired' } });
  });

  test.each([
    ['authorization_declined', 'declined'],
    ['access_denied', 'declined'],
    ['invalid_client', 'refused'],
  ])('ends with %s as %s', async (error, reason) => {
    const sample = await provider();
    sample.server.data.errors.push(error);
    expect(await run(sample)).toMatchObject({ failure: { kind: 'deviceCode', reason } });
  });

  test.each([
    { clientId: 'another', tenant },
    { clientId, tenant: 'fabrikam.onmicrosoft.com' },
    { clientId, tenant: '../../admin?x=' },
  ])('says that the application or organization is not right: %j', async account => {
    const sample = await provider();
    const { failure, requests } = (await run(sample, undefined, account)) as { failure: unknown; requests: unknown[] };
    expect(failure).toMatchObject({ kind: 'deviceCode', reason: 'refused' });
    expect(requests).toHaveLength(1);
  });

  test('is cancelled by the user', async () => {
    const { server, http } = await provider();
    const controller = new AbortController();
    const running = requestAssertion(http, { clientId, tenant }, () => controller.abort(), controller.signal);
    await expect(running).rejects.toMatchObject({ kind: 'cancelled' });
    expect(server.requests).toHaveLength(1);
  });

  test('shows no address that is not https', async () => {
    const sample = await provider();
    sample.server.intercept = (_request, response) => {
      const body = { device_code: 'd', user_code: 'u', verification_uri: 'command:evil', expires_in: 9, interval: 1 };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
      return true;
    };
    expect(await run(sample)).toMatchObject({ failure: { kind: 'unexpectedShape' }, shown: [] });
  });
});

describe('a Microsoft 365 account', () => {
  async function scene(options: Partial<Vb365Options> = {}, known = true) {
    const { server: identity } = await provider({ intervalSeconds: 1 });
    identity.data.answer = 'accepted';
    const server = await forThisTest(
      startVb365({
        knowsMicrosoftAccount: (client, token) => known && client === clientId && identity.data.issued.includes(token),
        ...options,
      }),
    );
    // Nobody can name another sign-in service than Microsoft's: here the sample one stands in for it.
    const world = new World({
      transport: ({ origin, ...options }) => ({
        ...options,
        origin: origin === 'https://login.microsoftonline.com' ? identity.url : origin,
        authorities: [authority.cert],
      }),
    });
    const id = await world.servers.add(
      {
        product: 'vb365',
        url: server.url,
        userName: 'admin@contoso.onmicrosoft.com',
        name: 'm365',
        trustedFingerprint: server.fingerprint,
      },
      undefined,
    );
    const signIn = () =>
      world.servers.signInWithBrowser(world.saved(id), 'microsoft365', { clientId, tenant }, () => {}, never);
    return { server, identity, world, id, signIn };
  }

  test('opens a session that is renewed without Microsoft, and nothing of its is written down', async () => {
    const { server, identity, world, id, signIn } = await scene();
    await signIn();
    const node = world.node(id);
    expect(labels(await world.open(node))).toContain('Backup Repositories');
    server.expireSessions();
    await world.inventory.refresh(node);
    expect(node.openedBranch?.failure).toBeUndefined();
    expect(identity.data.issued).toHaveLength(1);
    const written = [...world.log.lines, JSON.stringify([...world.memory.values]), ...world.secrets.values.values()];
    expect(written.join('\n')).not.toContain(identity.data.issued[0]);
    expect(world.list.find(id)?.microsoft365).toMatchObject({ clientId, tenant });
    const kind = await world.servers.accountKind(id, never);
    expect(kind?.ways.map(way => way.id)).toEqual(['password', 'microsoft365']);
  });

  test('that the server does not know is told so in a sentence', async () => {
    const { signIn, world, id } = await scene({}, false);
    await expect(signIn()).rejects.toMatchObject({
      kind: 'credentialsRefused',
      message: expect.stringMatching(/must be the account that the organization was added with/) as string,
    });
    expect(world.secrets.values.get(secretKey(id))).toBeUndefined();
  });

  test('is of no use where the version does not know it', async () => {
    const { signIn, identity } = await scene({ versions: ['v4'] });
    await expect(signIn()).rejects.toMatchObject({ kind: 'signInMethod' });
    expect(identity.requests).toEqual([]);
  });
});
