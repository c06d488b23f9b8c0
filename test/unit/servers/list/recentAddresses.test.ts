import { expect, test } from 'vitest';
import { RecentAddresses } from '../../../../src/servers/list/recentAddresses';
import { KeptMemory } from '../../support';

test('keeps the last ten addresses, each once, the last one first', async () => {
  const recent = new RecentAddresses(new KeptMemory());
  for (let number = 1; number <= 12; number++) {
    await recent.add(`backup${number}.example.com:4443`);
  }
  await recent.add('backup5.example.com:4443');
  expect(recent.all).toHaveLength(10);
  expect(recent.all.slice(0, 3)).toEqual([
    'backup5.example.com:4443',
    'backup12.example.com:4443',
    'backup11.example.com:4443',
  ]);
});

test.each([undefined, 'text', { 0: 'a' }, [1, null]])('takes %j for no addresses', stored => {
  const memory = new KeptMemory();
  memory.values.set('backupTenancy.recentAddresses', stored);
  expect(new RecentAddresses(memory).all).toEqual([]);
});
