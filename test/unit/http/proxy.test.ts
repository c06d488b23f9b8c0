import { describe, expect, test } from 'vitest';
import { type ProxySettings, proxyFor } from '../../../src/http/proxy';

const origin = 'https://vb365.example.com:4443';
const inSetting = (facts: Partial<ProxySettings> = {}): ProxySettings => ({
  proxy: 'http://proxy.example.com:8080',
  environment: {},
  ...facts,
});

describe('the proxy', () => {
  test.each<[string, Partial<ProxySettings>, string | undefined]>([
    ['none at all', {}, undefined],
    ['the setting', { proxy: ' http://one.example.com:8080 ' }, 'http://one.example.com:8080'],
    ['the setting without a scheme', { proxy: 'one.example.com:8080' }, 'http://one.example.com:8080'],
    ['the setting over https', { proxy: 'https://one.example.com' }, 'https://one.example.com'],
    ['the setting with a scheme that has a digit', { proxy: 'socks5://one.example.com' }, 'socks5://one.example.com'],
    ['HTTPS_PROXY between blanks', { environment: { HTTPS_PROXY: ' http://two ' } }, 'http://two'],
    ['HTTPS_PROXY', { environment: { HTTPS_PROXY: 'http://two.example.com' } }, 'http://two.example.com'],
    ['https_proxy', { environment: { https_proxy: 'http://two.example.com' } }, 'http://two.example.com'],
    ['HTTP_PROXY', { environment: { HTTP_PROXY: 'http://three.example.com' } }, 'http://three.example.com'],
    ['ALL_PROXY', { environment: { all_proxy: 'http://four.example.com' } }, 'http://four.example.com'],
    [
      'HTTPS_PROXY before the others',
      { environment: { ALL_PROXY: 'http://four', HTTP_PROXY: 'http://three', HTTPS_PROXY: 'http://two' } },
      'http://two',
    ],
    [
      'the setting before the environment',
      inSetting({ environment: { HTTPS_PROXY: 'http://two' } }),
      'http://proxy.example.com:8080',
    ],
    ['an empty setting', { proxy: '', environment: { HTTPS_PROXY: 'http://two' } }, 'http://two'],
    ['support switched off', inSetting({ proxySupport: 'off', environment: { HTTPS_PROXY: 'http://two' } }), undefined],
    ['support as fallback', inSetting({ proxySupport: 'fallback' }), 'http://proxy.example.com:8080'],
    ['a server that is to be reached directly', inSetting({ direct: true }), undefined],
  ])('is found with %s', (_name, facts, url) => {
    expect(proxyFor(origin, { environment: {}, ...facts })?.url).toBe(url);
  });

  test('gets its own authorization, if there is one', () => {
    expect(proxyFor(origin, inSetting({ proxyAuthorization: 'Basic eA==' }))).toEqual({
      url: 'http://proxy.example.com:8080',
      authorization: 'Basic eA==',
    });
    expect(proxyFor(origin, inSetting({ proxyAuthorization: null }))).toEqual({ url: 'http://proxy.example.com:8080' });
  });
});

describe('no proxy', () => {
  test.each<[string, string, boolean]>([
    ['*', origin, true],
    ['vb365.example.com', origin, true],
    ['VB365.Example.com', origin, true],
    ['example.com', origin, true],
    ['.example.com', origin, true],
    ['*.example.com', origin, true],
    ['vb365.example.com:4443', origin, true],
    ['.example.com:4443', origin, true],
    ['vb365.example.com:9398', origin, false],
    ['ample.com', origin, false],
    ['365.example.com', origin, false],
    ['vb365.example.org', origin, false],
    ['', origin, false],
    ['.', origin, false],
    ['other.example.org, .example.com', origin, true],
    ['other.example.org .example.com', origin, true],
    ['10.1.2.3', 'https://10.1.2.3:4443', true],
    ['10.1.2.3:4443', 'https://10.1.2.3:4443', true],
    ['10.1.2.3:9398', 'https://10.1.2.3:4443', false],
    ['10.0.0.0/8', 'https://10.1.2.3:4443', true],
    ['10.0.0.0/8:4443', 'https://10.1.2.3:4443', true],
    ['10.0.0.0/8', 'https://11.1.2.3', false],
    ['10.0.0.0/99', 'https://10.1.2.3', false],
    ['10.0.0.0/x', 'https://10.1.2.3', false],
    ['2001:db8::/32', 'https://[2001:db8::1]:4443', true],
    ['[2001:db8::1]', 'https://[2001:db8::1]:4443', true],
    ['[2001:db8::1]:9398', 'https://[2001:db8::1]:4443', false],
    ['10.0.0.0/8', 'https://[2001:db8::1]', false],
    ['10.0.0.0/8', origin, false],
    ['vb365.example.com:443', 'https://vb365.example.com', true],
    ['none.example.org', 'https://localhost:4443', true],
    ['none.example.org', 'https://sample.localhost:4443', true],
    ['none.example.org', 'https://127.0.0.2:4443', true],
    ['none.example.org', 'https://127.10.200.30:4443', true],
    ['none.example.org', 'https://[::1]:4443', true],
    // Names that only look like this computer.
    ['none.example.org', 'https://127.0.0.1.example.com:4443', false],
    ['none.example.org', 'https://localhost.example.com:4443', false],
    ['none.example.org', 'https://notlocalhost:4443', false],
    ['none.example.org', 'https://128.0.0.1:4443', false],
  ])('is meant by %j for %s: %s', (rule, server, direct) => {
    const expected = direct ? undefined : { url: 'http://proxy.example.com:8080' };
    expect(proxyFor(server, inSetting({ environment: { NO_PROXY: rule } }))).toEqual(expected);
    expect(proxyFor(server, inSetting({ environment: { no_proxy: rule } }))).toEqual(expected);
    expect(proxyFor(server, inSetting({ noProxy: rule.split(/[\s,]+/) }))).toEqual(expected);
  });

  test('is meant by a rule of the setting between blanks', () => {
    expect(proxyFor(origin, inSetting({ noProxy: [' Example.com '] }))).toBeUndefined();
  });
});
