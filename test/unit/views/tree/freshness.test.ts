import { beforeEach, expect, test, vi } from 'vitest';
import { Inventory } from '../../../../src/inventory/inventory';
import type { Folder } from '../../../../src/inventory/tree/folder';
import type { Node, TreeRow } from '../../../../src/inventory/tree/node';
import type { Item } from '../../../../src/items/item';
import { SignedOut } from '../../../../src/products/failures';
import type { Clock } from '../../../../src/views/tree/freshness';
import { serverOf, tenant } from '../../items';
import { KeptLog } from '../../support';
import { EventEmitter } from '../vscode';

const { settings, state } = vi.hoisted(() => ({
  settings: { minutes: 0 as unknown, reads: 0 },
  state: {
    focused: true,
    follow: undefined as (() => void) | undefined,
    change: undefined as (() => void) | undefined,
  },
}));

vi.mock('vscode', async () => {
  const stand = await import('../vscode');
  return {
    ...stand,
    window: {
      get state() {
        return { focused: state.focused };
      },
      onDidChangeWindowState: (listener: () => void) => {
        state.follow = listener;
        return { dispose: () => undefined };
      },
    },
    workspace: {
      getConfiguration: () => {
        settings.reads++;
        return { get: () => settings.minutes };
      },
      onDidChangeConfiguration: (listener: (change: object) => void) => {
        state.change = () => listener({ affectsConfiguration: () => true });
        return { dispose: () => undefined };
      },
    },
  };
});

const { Freshness } = await import('../../../../src/views/tree/freshness');

const minute = 60_000;

/** Time that passes when a test says so. */
class TestClock implements Clock {
  time = Date.now();
  waiting: { readonly at: number; readonly then: () => void } | undefined;
  now = () => this.time;
  after = (milliseconds: number, then: () => void) => {
    const mine = { at: this.time + milliseconds, then };
    this.waiting = mine;
    return () => {
      this.waiting = this.waiting === mine ? undefined : this.waiting;
    };
  };
  pass(milliseconds: number): void {
    this.time += milliseconds;
    const due = this.waiting;
    if (due && due.at <= this.time) {
      this.waiting = undefined;
      due.then();
    }
  }
}

let clock: TestClock;
let asked: string[];
let failing: Set<string>;
let inventory: Inventory;
let closed: Set<string>;
/** How often it was looked whether a folder is closed. */
let looks: number;
let freshness: InstanceType<typeof Freshness>;
const opened = new EventEmitter<TreeRow>();
const collapsed = new EventEmitter<{ element: TreeRow }>();
const visibility = new EventEmitter<void>();
let view: { visible: boolean; description: string };
let running: Promise<void>[];

beforeEach(async () => {
  clock = new TestClock();
  asked = [];
  failing = new Set();
  closed = new Set();
  looks = 0;
  running = [];
  settings.minutes = 0;
  state.focused = true;
  view = { visible: true, description: '' };
  const source = {
    children: async (_server: string, item: Item, _cursor: unknown, _signal: AbortSignal, isQuiet = false) => {
      asked.push(`${item.name}${isQuiet ? ' quietly' : ''}`);
      if (failing.has(item.id)) {
        throw new SignedOut('backup.example.com');
      }
      const heading = { kind: 'group', id: 'tenants', name: 'Tenants', contains: 'tenant', hasChildren: true } as const;
      return { items: item.kind === 'server' ? [heading] : [tenant('Northwind')] };
    },
  };
  inventory = new Inventory(source, new KeptLog());
  inventory.setServers([serverOf('em', { folder: 'f' }), serverOf('other')], [{ id: 'f', name: 'Customers' }]);
  freshness = new Freshness(
    {
      onDidOpen: opened.event,
      view: {
        onDidCollapseElement: collapsed.event,
        onDidChangeVisibility: visibility.event,
        get visible() {
          return view.visible;
        },
        get description() {
          return view.description;
        },
        set description(text: string) {
          view.description = text;
        },
      },
    } as never,
    inventory,
    {
      has: ({ id }: Folder) => {
        looks++;
        return closed.has(id);
      },
    },
    work => void running.push(work),
    clock,
  );
  return () => freshness.dispose();
});

async function open(key: string): Promise<Node> {
  const node = inventory.find(key);
  if (!node) {
    throw new Error(`no ${key}`);
  }
  opened.fire(node);
  inventory.childrenOf(node);
  await inventory.settled(node);
  return node;
}

async function wait(milliseconds: number): Promise<readonly string[]> {
  asked.length = 0;
  clock.pass(milliseconds);
  await Promise.all(running);
  return asked;
}

test('says how old the oldest open list is, and nothing while none is open', async () => {
  expect(view.description).toBe('');
  const em = await open('em');
  expect(view.description).toMatch(/^as of \d/);
  collapsed.fire({ element: em });
  expect(view.description).toBe('');
});

test('loads nothing and has no timer unless the user wants it', async () => {
  await open('em');
  expect(clock.waiting).toBeUndefined();
  expect(await wait(60 * minute)).toEqual([]);
});

test.each([
  [5, 5],
  [0.1, 1],
  ['5', undefined],
  [-1, undefined],
])('takes the setting %j for %j minutes', async (value, minutes) => {
  settings.minutes = value;
  await open('em');
  expect(clock.waiting && Math.round((clock.waiting.at - clock.time) / minute)).toBe(minutes);
});

test('loads what is open, and nothing else, quietly', async () => {
  settings.minutes = 5;
  await open('em');
  await open('em/group:tenants');
  await open('other');
  const tenants = inventory.find('em/group:tenants');
  collapsed.fire({ element: tenants as Node });
  expect(await wait(4 * minute)).toEqual([]);
  expect([...(await wait(2 * minute))].sort()).toEqual(['em quietly', 'other quietly']);
});

test('leaves alone what a closed row or folder hides', async () => {
  settings.minutes = 5;
  const em = await open('em');
  await open('em/group:tenants');
  collapsed.fire({ element: em });
  expect(clock.waiting).toBeUndefined();
  opened.fire(em);
  closed.add('f');
  collapsed.fire({ element: inventory.folders.top[0] as Folder });
  expect(clock.waiting).toBeUndefined();
  expect(view.description).toBe('');
});

test('has no timer while nobody can see the rows, and catches up after that', async () => {
  settings.minutes = 5;
  await open('em');
  view.visible = false;
  visibility.fire();
  expect(clock.waiting).toBeUndefined();
  view.visible = true;
  state.focused = false;
  state.follow?.();
  expect(clock.waiting).toBeUndefined();
  clock.pass(10 * minute);
  state.focused = true;
  state.follow?.();
  expect(await wait(0)).toEqual(['em quietly']);
});

test('leaves a server alone that has failed, whatever is open below it', async () => {
  settings.minutes = 5;
  const em = await open('em');
  await open('em/group:tenants');
  failing.add('em');
  await inventory.refresh(em);
  await inventory.settled(em);
  expect(em.openedBranch?.failure).toBeDefined();
  expect(clock.waiting).toBeUndefined();
  expect(await wait(60 * minute)).toEqual([]);
});

test('a change of the setting counts at once', async () => {
  await open('em');
  settings.minutes = 5;
  state.change?.();
  expect(clock.waiting).toBeDefined();
  settings.minutes = 0;
  state.change?.();
  expect(clock.waiting).toBeUndefined();
});

test('does not look at the open rows and the settings for each row that is loaded elsewhere', async () => {
  const em = await open('em');
  const other = inventory.find('other') as Node;
  looks = settings.reads = 0;
  for (const node of [...(em.branch?.nodes ?? []), other]) {
    inventory.childrenOf(node);
    await inventory.settled(node);
  }
  expect(looks + settings.reads).toBe(0);
  await inventory.refresh(em);
  expect(looks).toBeGreaterThan(0);
});

test('ends with its timer', async () => {
  settings.minutes = 5;
  await open('em');
  freshness.dispose();
  expect(clock.waiting).toBeUndefined();
});
