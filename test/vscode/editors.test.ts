import { strict as assert } from 'node:assert';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { type SampleServer, startEnterpriseManager, startVb365 } from '../sample-servers';
import { addServer, run, until } from './support';

describe('IDs in editors', () => {
  let vb365: Awaited<ReturnType<typeof startVb365>>;
  let enterpriseManager: Awaited<ReturnType<typeof startEnterpriseManager>>;
  const servers: SampleServer<unknown>[] = [];
  const ids: string[] = [];
  let organization: { readonly id: string; readonly name: string };
  let organizationKey: string;
  let tenant: { readonly id: string; readonly name: string };
  let tenantKey: string;

  before(async () => {
    // Sample servers give the same IDs to the same rows: these are of rows that no other test has.
    vb365 = await startVb365({ hostileNames: true, organizations: 60, organizationsPerRepository: 0 });
    enterpriseManager = await startEnterpriseManager({ tenants: 60, subtenantsPerTenant: 0 });
    servers.push(vb365, enterpriseManager);
    const [vb365Id, enterpriseManagerId] = [
      await addServer('vb365', vb365, 'm365-editors'),
      await addServer('enterprise-manager', enterpriseManager, 'em-editors'),
    ];
    ids.push(vb365Id, enterpriseManagerId);
    organization = vb365.data.organizations.at(51);
    organizationKey = `${vb365Id}/group:organizations/organization:${organization.id}`;
    tenant = enterpriseManager.data.tenants.at(50);
    tenantKey = `${enterpriseManagerId}/group:tenants/tenant:${tenant.id}`;
  });

  after(() => Promise.all(servers.map(server => server.close())));

  it('says nothing of an ID before it is loaded, and asks no server', async () => {
    const document = await open(`id: ${tenant.id}`);
    assert.deepEqual(await hovers(document, 10), []);
    assert.deepEqual([...vb365.requests, ...enterpriseManager.requests], []);
  });

  it('reveals what a script names by its key', async () => {
    assert.equal(await run('reveal', tenantKey), true);
    assert.equal(await run('reveal', organizationKey), true);
    assert.equal(await run('reveal', `${ids[1]}/group:tenants/tenant:nobody`), false);
  });

  it('says what an ID is, in any kind of file, without a request', async () => {
    const before = vb365.requests.length + enterpriseManager.requests.length;
    for (const [language, text] of [
      ['plaintext', `tenant ${tenant.id}`],
      ['json', `{"a":"${tenant.id}"}`],
      ['powershell', `$id = '${tenant.id}'`],
      ['markdown', `[x](https://em/${tenant.id}/y)`],
    ] as const) {
      const document = await open(text, language);
      const [hover] = await hovers(document, text.indexOf(tenant.id) + 3);
      const shown = hover?.contents.map(textOf).join('\n') ?? '';
      assert.match(shown, new RegExp(`Tenant\\\\: ${tenant.name}`), language);
      assert.match(shown, new RegExp(`em\\\\-editors › Cloud Tenants › ${tenant.name}`));
      assert.match(shown, /\d \\% of [\d\\.]+ [GT]B/);
      assert.equal(document.getText(hover?.range), tenant.id);
    }
    assert.equal(vb365.requests.length + enterpriseManager.requests.length, before);
  });

  it('lets a hover run three commands, with the key of the item alone', async () => {
    const document = await open(tenant.id);
    const [content] = (await hovers(document, 3))[0]?.contents ?? [];
    assert.ok(content instanceof vscode.MarkdownString);
    assert.deepEqual(content.isTrusted, {
      enabledCommands: ['backupTenancy.reveal', 'backupTenancy.copyName', 'backupTenancy.showEverywhere'],
    });
    const links = [...content.value.matchAll(/\]\(command:([\w.]+)\?([^)]+)\)/g)].map(([, command, argument]) => [
      command,
      JSON.parse(decodeURIComponent(argument ?? '')),
    ]);
    assert.deepEqual(links, [
      ['backupTenancy.reveal', [tenantKey]],
      ['backupTenancy.copyName', [tenantKey]],
      ['backupTenancy.showEverywhere', [tenantKey]],
    ]);
  });

  it('shows hostile names as text', async () => {
    const organizations = [...vb365.data.organizations].slice(0, 20);
    const text = organizations.map(({ id }) => id).join('\n');
    const document = await open(text);
    let seen = 0;
    for (const [line, { name }] of organizations.entries()) {
      // What follows tells only how many more places there are.
      const [content] = (await hovers(document, 3, line))[0]?.contents ?? [];
      if (content) {
        const markdown = textOf(content);
        // Without escaped marks, only our own markup is left.
        const own = markdown.replace(/\\[!-/:-@[-`{-~]/g, '');
        assert.equal(own.match(/\]\(/g)?.length, 3, `${name}\n${markdown}`);
        assert.doesNotMatch(own, /[<&`$]|(?<!\*)\*(?!\*)/, name);
        assert.doesNotMatch(markdown, /https?:|www\./, name);
        seen++;
      }
    }
    assert.ok(seen >= organizations.length);
  });

  it('shows names behind IDs once that is wanted, in the visible range alone', async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `${index}: ${index % 2 ? tenant.id : organization.id}`);
    const document = await open(lines.join('\n'));
    const visible = new vscode.Range(4000, 0, 4050, 0);
    const hints = () =>
      vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, visible);
    const configuration = vscode.workspace.getConfiguration('backupTenancy');
    assert.deepEqual(await hints(), []);
    try {
      await configuration.update('inlayHints.enabled', true, vscode.ConfigurationTarget.Global);
      await until(async () => (await hints()).length > 0);
      const shown = await hints();
      assert.equal(shown.length, 50);
      assert.deepEqual([...new Set(shown.map(({ label }) => label))], [organization.name, tenant.name]);
      assert.deepEqual(shown[0]?.position, new vscode.Position(4000, lines[4000]?.length ?? 0));
    } finally {
      await configuration.update('inlayHints.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
    await until(async () => (await hints()).length === 0);
  });

  it('inserts an ID at every cursor, instead of what is selected', async () => {
    const document = await open('one: \ntwo: old\nthree: ');
    const editor = await vscode.window.showTextDocument(document);
    editor.selections = [
      new vscode.Selection(0, 5, 0, 5),
      new vscode.Selection(1, 5, 1, 8),
      new vscode.Selection(2, 7, 2, 7),
    ];
    assert.equal(await run('insertId', tenantKey), tenant.id);
    assert.equal(document.getText(), `one: ${tenant.id}\ntwo: ${tenant.id}\nthree: ${tenant.id}`);
    assert.ok(editor.selections.every(({ isEmpty }) => isEmpty));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), 'one: \ntwo: old\nthree: ');
    assert.equal(await run('insertId', organization.id), organization.id);
    assert.equal(await run('insertId', 'nobody'), undefined);
    assert.equal(document.getText().split(organization.id).length, 4);
  });
});

async function open(content: string, language = 'plaintext'): Promise<vscode.TextDocument> {
  return await vscode.workspace.openTextDocument({ content, language });
}

/** Those of ours. */
async function hovers(document: vscode.TextDocument, character: number, line = 0): Promise<vscode.Hover[]> {
  const all = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new vscode.Position(line, character),
  );
  return all.filter(({ contents }) => contents.some(content => textOf(content).includes('backupTenancy')));
}

function textOf(content: vscode.MarkdownString | vscode.MarkedString): string {
  return typeof content === 'string' ? content : content.value;
}
