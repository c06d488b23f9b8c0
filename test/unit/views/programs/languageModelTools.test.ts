import { expect, test, vi } from 'vitest';
import { AgentTools } from '../../../../src/agents/tools';
import { Inventory } from '../../../../src/inventory/inventory';
import { IdIndex } from '../../../../src/inventory/search/idIndex';
import { LanguageModelTools } from '../../../../src/views/programs/languageModelTools';
import { HOSTILE_NAMES } from '../../../sample-servers/names';
import { serverOf } from '../../items';
import { KeptLog } from '../../support';

vi.mock('vscode', async () => ({
  ...(await import('../vscode')),
  MarkdownString: class {
    constructor(readonly value: string) {}
  },
}));

test('each tool says which server is asked for what, as text and nothing else', () => {
  const inventory = new Inventory({ children: async () => ({ items: [] }) }, new KeptLog());
  inventory.setServers([
    serverOf('one', { name: 'em-prod' }),
    serverOf('two', { name: HOSTILE_NAMES[0] ?? '', url: 'https://other.example.com:9398' }),
  ]);
  const tools = new LanguageModelTools(
    new AgentTools(inventory, new IdIndex(inventory), { details: async () => [], of: async () => undefined }),
  );
  const asked = (name: string, input: object) => {
    const { confirmationMessages, invocationMessage } = tools.prepare(`backupTenancy_${name}`, { input });
    const texts = [confirmationMessages?.message, invocationMessage].map(text => (text as { value: string }).value);
    for (const text of texts) {
      // Without escaped marks, no markup is left but our own.
      expect(text.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[<&`$#[\]]|https?:/);
    }
    return texts[0]?.replaceAll('\\', '');
  };
  expect(asked('list_servers', {})).toMatch(/No request is sent/);
  expect(asked('find', { query: 'contoso', server: 'one' })).toMatch(
    /Find “contoso”[\s\S]*\*\*em-prod\*\* \(https:\/\/em\.example\.com:9398\)/,
  );
  expect(asked('find', { query: HOSTILE_NAMES[1] })).toMatch(/em-prod\*\*.*Click me/);
  expect(asked('list_children', { key: 'two/group:tenants' })).toMatch(
    /List the items below two\/group:tenants[\s\S]*Click me/,
  );
  expect(asked('list_children', { key: 'one' })).toMatch(/^List the items below em-prod\./);
  expect(asked('get_item', { key: 'one/tenant:a' })).toMatch(/Read the details of one\/tenant:a[\s\S]*em-prod/);
  expect(() => asked('get_item', { key: 'zero/tenant:a' })).toThrow(/Call backupTenancy_list_servers first/);
});
