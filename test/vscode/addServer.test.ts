import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { answering, run } from './support';

const good = { product: 'vb365', url: 'backup.example.com', username: 'EXAMPLE\\svc-browse' };

describe('addServer with arguments', () => {
  const cases: [string, object, RegExp][] = [
    ['an unknown product', { ...good, product: 'vbo' }, /product must be one of vb365, enterprise-manager/],
    ['plain HTTP', { ...good, url: 'http://backup.example.com' }, /url must be/],
    ['no user name', { ...good, username: '' }, /username is missing/],
    ['a name that is no text', { ...good, name: 7 }, /name must be a string/],
    ['a fingerprint that is none', { ...good, trustedFingerprint: 'AA:BB' }, /SHA-256/],
    ['a version that is a path', { ...good, apiVersion: 'v8/../v7' }, /apiVersion must be like v8/],
  ];
  for (const [what, given, message] of cases) {
    it(`refuses ${what} with a word to the script's author`, async () => {
      await assert.rejects(run('addServer', given), message);
    });
  }

  it('adds nothing with a fingerprint that the user does not trust', async () => {
    const before = (await run<string>('copyAs', 'name')) ?? '';
    let id: unknown;
    const asked = await answering('', async () => {
      id = await run('addServer', { ...good, name: 'planted', trustedFingerprint: 'AA'.repeat(32) });
    });
    assert.deepEqual(asked, ['A script adds planted and names the certificate to trust. Trust it?']);
    assert.equal(id, undefined);
    assert.equal((await run<string>('copyAs', 'name')) ?? '', before);
  });
});
