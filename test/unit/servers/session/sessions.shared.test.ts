import { describe, expect, test } from 'vitest';
import {
  createCertificate,
  type SampleServer,
  startBackupReplication,
  startEnterpriseManager,
  startServiceProviderConsole,
  startVb365,
} from '../../../sample-servers';
import { forThisTest } from '../../forThisTest';
import { Computer, endings, signIns } from '../computer';

const certificate = await createCertificate();

type Start = () => Promise<SampleServer<unknown>>;

const renewing: readonly [string, Start][] = [
  ['vb365', () => startVb365({ certificate })],
  ['backup-replication', () => startBackupReplication({ certificate } as never)],
  ['service-provider-console', () => startServiceProviderConsole({ certificate, companies: 2 } as never)],
];

const refreshTokens = ({ requests }: SampleServer<unknown>) =>
  requests.flatMap(({ body }) => new URLSearchParams(body).get('refresh_token') ?? []);

describe.each(renewing)('%s: two windows with one refresh token', (product, start) => {
  test('use none twice, round after round', async () => {
    const server = await forThisTest(start());
    const computer = new Computer();
    const first = computer.window();
    await first.add(product, server);
    const second = computer.window();
    await first.open(first.root);
    await second.open(second.root);
    for (let round = 0; round < 3; round++) {
      server.expireSessions();
      await Promise.all([first, second].map(window => window.inventory.refresh(window.root)));
      expect([first, second].map(({ root }) => root.openedBranch?.failure)).toEqual([undefined, undefined]);
    }
    const used = refreshTokens(server);
    expect(used.length).toBeGreaterThanOrEqual(3);
    expect(new Set(used).size).toBe(used.length);
    // The password stays where it is.
    expect(signIns(server) - used.length).toBe(1);
  });
});

const ending: readonly [string, Start][] = [
  ['enterprise-manager', () => startEnterpriseManager({ certificate })],
  ['backup-replication', () => startBackupReplication({ certificate } as never)],
];

describe.each(ending)('%s: when a window closes', (product, start) => {
  test('its session ends if no other window uses it', async () => {
    const server = await forThisTest(start());
    const first = new Computer().window();
    await first.add(product, server);
    await first.open(first.root);
    await first.connections.exit();
    expect(endings(server)).toBe(1);
  });

  test('its session stays if another window uses it', async () => {
    const server = await forThisTest(start());
    const computer = new Computer();
    const first = computer.window();
    await first.add(product, server);
    await first.open(first.root);
    const second = computer.window();
    await second.open(second.root);
    await first.heard();
    await first.connections.exit();
    expect(endings(server)).toBe(0);
    await second.inventory.refresh(second.root);
    expect(second.root.openedBranch?.failure).toBeUndefined();
    expect(signIns(server)).toBe(1);
  });
});
