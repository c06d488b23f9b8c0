import { createPrivateKey } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCertificate } from '../sample-servers/certificates';
import { useSampleServers } from './use-sample-servers';

// One person's way through, in this order: the window is the same for all tests of this file.
const passphrase = 'open sesame';
const forgetTrust = 'Stop trusting the certificate';

const { workbench, samples, folder } = useSampleServers({
  servers: { pinned: true },
  async files(folder) {
    const { cert, key } = await createCertificate({ commonName: 'svc-browse.example.com' });
    const locked = createPrivateKey(key).export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase });
    await writeFile(join(folder, 'svc-browse.crt'), cert);
    await writeFile(join(folder, 'svc-browse.key'), locked);
  },
});

test('turns the way past the proxy on, and looks at the server again', async () => {
  const { quickInput } = workbench();
  // The helper that adds the servers is a script to the extension.
  for (const name of ['m365-sample', 'em-sample']) {
    const dialog = await workbench().dialog();
    expect(await dialog.text()).toContain(name);
    await dialog.press('Trust This Certificate for This Server');
  }
  await workbench().openView();
  await workbench().expand('m365-sample');
  await workbench().row('Backup Repositories');
  const before = samples().vb365.requests.length;
  await workbench().contextMenu('m365-sample', 'Connection Options…');
  await quickInput.step('Connection Options of m365-sample');
  expect(await states()).toEqual(['Connect without a proxy: off', 'Client certificate…: none']);
  await quickInput.pick('Connect without a proxy');
  await expect.poll(states).toEqual(['Connect without a proxy: on', 'Client certificate…: none']);
  await expect.poll(() => samples().vb365.requests.length).toBeGreaterThan(before);
  await picture('no-proxy');
  await quickInput.cancel();
});

test('takes back the trust in a certificate', async () => {
  const { quickInput } = workbench();
  await workbench().contextMenu('m365-sample', 'Connection Options…');
  await quickInput.step('Connection Options of m365-sample');
  await quickInput.pick(forgetTrust);
  await expect.poll(async () => (await quickInput.items()).map(({ label }) => label)).not.toContain(forgetTrust);
  await quickInput.cancel();
  await workbench().inlineAction('Certificate not trusted', 'Trust Certificate…');
  await (await workbench().dialog()).press('Trust This Certificate for This Server');
  await expect.poll(async () => (await workbench().row('m365-sample')).description).toMatch(/^VB365 8/);
});

test('asks for the passphrase of a client certificate until it fits', async () => {
  const { quickInput } = workbench();
  await workbench().contextMenu('m365-sample', 'Connection Options…');
  await quickInput.step('Connection Options of m365-sample');
  await quickInput.pick('Client certificate…');
  await chooseFile('Client Certificate', 'svc-browse.crt');
  await chooseFile('Private Key of the Client Certificate', 'svc-browse.key');
  await quickInput.step('Connection Options of m365-sample');
  await expect.poll(() => quickInput.message()).toContain('Passphrase of svc-browse.crt · svc-browse.key.');
  expect(await quickInput.isPassword()).toBe(true);
  await quickInput.type('wrong');
  await quickInput.accept();
  await expect.poll(() => quickInput.message()).toBe('The client certificate cannot be opened with this passphrase.');
  await picture('passphrase');
  await quickInput.type(passphrase);
  await quickInput.accept();
  await expect
    .poll(states)
    .toEqual([
      'Connect without a proxy: on',
      'Client certificate…: svc-browse.crt · svc-browse.key',
      'Remove client certificate: ',
    ]);
  await picture('certificate');
  await quickInput.cancel();
  expect(await workbench().row('Backup Repositories')).toMatchObject({ level: 2 });
});

test('keeps what was set, and offers the options where the certificate cannot be used', async () => {
  const { quickInput } = workbench();
  await rm(join(folder(), 'svc-browse.key'));
  await workbench().reload();
  await workbench().openView();
  await workbench().expand('m365-sample');
  expect(await workbench().inlineActions('Client certificate missing')).toEqual([
    'Connection Options…',
    'Refresh',
    'Show Log',
  ]);
  expect(await workbench().contextMenuEntries('Client certificate missing')).toContain('Connection Options…');
  await picture('certificate-missing');
  await workbench().contextMenu('m365-sample', 'Test Server');
  const message = await workbench().notification('A client certificate file cannot be read.');
  expect(await message.buttons()).toEqual(['Connection Options…', 'Show Log']);
  await message.press('Connection Options…');
  await quickInput.step('Connection Options of m365-sample');
  await quickInput.cancel();
  await workbench().inlineAction('Client certificate missing', 'Connection Options…');
  await quickInput.step('Connection Options of m365-sample');
  await quickInput.pick('Remove client certificate');
  await expect.poll(states).toEqual(['Connect without a proxy: on', 'Client certificate…: none']);
  await quickInput.pick('Connect without a proxy');
  await expect.poll(states).toEqual(['Connect without a proxy: off', 'Client certificate…: none']);
  await quickInput.cancel();
});

test('says what is wrong with a file that is no certificate', async () => {
  const { quickInput } = workbench();
  await workbench().contextMenu('m365-sample', 'Connection Options…');
  await quickInput.step('Connection Options of m365-sample');
  await quickInput.pick('Client certificate…');
  await writeFile(join(folder(), 'empty.pfx'), '');
  await chooseFile('Client Certificate', 'empty.pfx');
  await workbench().notification('The client certificate cannot be read.');
});

async function states(): Promise<string[]> {
  return (await workbench().quickInput.items())
    .filter(({ label }) => label !== forgetTrust)
    .map(({ label, description }) => `${label}: ${description}`);
}

/** The dialog shows a folder a moment after it has opened, and its path over whatever was typed until then. */
async function chooseFile(title: string, name: string): Promise<void> {
  const { quickInput } = workbench();
  const files = async () => (await quickInput.items()).map(({ label }) => label);
  await quickInput.step(title);
  await expect.poll(files).toContain('..');
  await quickInput.type(join(folder(), name));
  await expect.poll(files).toContain(name);
  await quickInput.accept();
}

async function picture(name: string): Promise<void> {
  await workbench().screenshot(`out/screenshots/connection-options-${name}.png`);
}
