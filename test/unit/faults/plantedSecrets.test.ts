import { describe, expect, test } from 'vitest';
import { AgentTools } from '../../../src/agents/tools';
import { IdIndex } from '../../../src/inventory/search/idIndex';
import { Node } from '../../../src/inventory/tree/node';
import { piecesOf } from '../../../src/views/export/exportContent';
import { altered } from '../agents/altered';
import { never } from '../never';
import { Scene, subjects } from './scene';

const planted = 'planted-in-a-body';
const members = {
  ...{ password: planted, Passwd: planted, user_pwd: planted, 'pass phrase': planted, client_secret: planted },
  ...{ 'API-Key': planted, access_token: planted, passwordHash: planted, private_key: planted },
  ...{ ConnectionString: `Server=x;Password=${planted}`, passwords: [planted], credential: { value: planted } },
};
const secrets = {
  ...members,
  settings: JSON.stringify({ a: [members] }),
  arguments: [JSON.stringify(JSON.stringify(members))],
  options: [{ name: 'password', value: planted }],
};

describe.each(subjects)('$product with secrets in every object of its answers', subject => {
  test('shows none in documents, exports and tools', async () => {
    const scene = await Scene.start(subject);
    const { world, server, root, parent } = scene;
    server.intercept = (_request, response) => altered(response, object => ({ ...secrets, ...object }));
    await world.inventory.refresh(root);
    const [tree] = [await world.openPath(root, ...subject.path)];
    const rows = tree.filter(row => row instanceof Node);
    expect(rows.length).toBeGreaterThan(0);
    const texts: string[] = [];
    let documents = 0;
    for (const { item } of [...rows.slice(0, 3), parent]) {
      for (const format of ['json', 'xml'] as const) {
        const found = await world.connections.document(root.item.id, item, format, never).catch(String);
        documents += found?.includes('[removed]') ? 1 : 0;
        texts.push(found ?? '');
      }
    }
    expect(documents).toBeGreaterThan(0);
    const exported = rows.map(node => ({ node }));
    texts.push(...(['csv', 'json', 'markdown'] as const).map(format => [...piecesOf(format, exported)].join('')));
    const tools = new AgentTools(world.inventory, new IdIndex(world.inventory), world.connections);
    for (const { key } of rows.slice(0, 3)) {
      texts.push(await tools.run('backupTenancy_get_item', { key }, never));
    }
    texts.push(world.log.lines.join('\n'), JSON.stringify([...world.memory.values]));
    for (const text of texts) {
      expect(text).not.toContain(planted);
    }
  });
});
