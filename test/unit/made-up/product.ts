import type { Transport } from '../../../src/http/request';
import { CredentialsRefused, KeyRefused, ServerFailed } from '../../../src/products/failures';
import type { Product, ProductInfo } from '../../../src/products/product';
import { apiKeyWay, passwordWay } from '../../../src/products/secretFields';
import { type SecondQuestion, usualAccountKind } from '../../../src/products/signIn';

// A product that no folder has: its accounts have a password and perhaps a one-time code, or are known by a key alone.

export const info: ProductInfo = {
  id: 'made-up',
  name: 'Made-Up Product',
  shortName: 'Made-Up',
  defaultPort: 7777,
  apiVersionForm: {
    pattern: /^v\d$/,
    example: 'v1',
    nameOf: (apiVersion, version) => (version ? `${apiVersion} of ${version}` : apiVersion),
  },
  icon: 'beaker',
  formats: ['json'],
  savedAccountKinds: [{ id: 'apiKey', isUnnamed: true }],
};

function question(problem?: string): SecondQuestion {
  return { label: 'Code', prompt: 'The code of your authenticator.', problem, continuation: 'q1' };
}

async function post(http: Transport, path: string, body: string, signal: AbortSignal) {
  const { status, body: answer } = await http.request({ method: 'POST', path, body, signal });
  return { status, answer: JSON.parse(answer.toString()) as { readonly token?: string; readonly question?: string } };
}

export const product: Product = {
  info,
  apiVersions: ['v2', 'v1'],
  async probe(http, signal) {
    const served: string[] = [];
    for (const version of ['v1', 'v2']) {
      const { status } = await http.request({ method: 'GET', path: `/${version}/probe`, signal });
      served.push(...(status === 200 ? [version] : []));
    }
    return served.length > 0 ? { apiVersions: served } : undefined;
  },
  refusesVersion: ({ status }) => status === 422,
  accountKinds: () => [
    {
      id: usualAccountKind,
      userName: { question: () => 'Which account?', example: () => 'user' },
      icon: 'account',
      offer: () => 'Use a Password',
      ways: [passwordWay],
    },
    { id: 'apiKey', icon: 'key', offer: () => 'Use an API Key', ways: [apiKeyWay] },
  ],
  endsSessionOnExit: false,
  async signIn(http, apiVersion, { password, accountKind }, signal) {
    if (accountKind === 'apiKey') {
      const headers = { Authorization: password };
      const { status } = await http.request({ method: 'GET', path: `/${apiVersion}/about`, headers, signal });
      if (status === 401) {
        throw new KeyRefused(http.host);
      }
      return { token: password, isKey: true };
    }
    const { status, answer } = await post(http, `/${apiVersion}/token`, password, signal);
    if (status === 401) {
      throw new CredentialsRefused(http.host);
    }
    if (status !== 200) {
      throw new ServerFailed(http.host, status);
    }
    return answer.question ? question() : { token: answer.token ?? '' };
  },
  async answerQuestion(http, apiVersion, { continuation }, code, signal) {
    const { status, answer } = await post(http, `/${apiVersion}/code`, `${continuation} ${code}`, signal);
    return status === 200 ? { token: answer.token ?? '' } : question('The code is wrong.');
  },
  async signOut(http, apiVersion, { token }, signal) {
    await http.request({ method: 'DELETE', path: `/${apiVersion}/session`, headers: { Authorization: token }, signal });
  },
  tokenHeader: { name: 'Authorization', prefix: '', variable: 'MADE_UP_TOKEN' },
  describeServer: async () => ({ version: '1.2' }),
  async children(api, item, _cursor, signal) {
    const { status } = await api.get(`/${api.apiVersion}/items`, 'application/json', signal);
    if (status !== 200) {
      throw new ServerFailed(api.host, status);
    }
    const group = (id: string) => ({ kind: 'group', id, name: id, contains: 'job', hasChildren: true }) as const;
    return { items: item.kind === 'server' ? [group('one'), group('two'), group('three')] : [] };
  },
  resource: () => undefined,
  document: async () => '{}',
};
