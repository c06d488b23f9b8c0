import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Announcer } from '../../../../src/views/shared/treeAnnouncer';

let told: string[];
let open: Set<string>;
let announcer: Announcer<string>;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  open = new Set(['a']);
  announcer = new Announcer(
    row => told.push(row),
    row => open.has(row),
    row => row.slice(0, -1),
  );
});

afterEach(() => {
  announcer.dispose();
  vi.useRealTimers();
});

test('tells of a change in the same moment, and once of changes that come together', () => {
  announcer.announce('a');
  announcer.announce('b');
  announcer.announce('a');
  vi.advanceTimersByTime(0);
  expect(told).toEqual(['a', 'b']);
  announcer.announce('a');
  vi.advanceTimersByTime(0);
  expect(told).toEqual(['a', 'b', 'a']);
});

test('tells of the rows around many that change together, as VS Code compares each with all others', () => {
  for (let index = 0; index < 1000; index++) {
    announcer.announce(`${index % 2 === 0 ? 'even' : 'odd'}${String.fromCharCode(0x100 + index)}`);
  }
  vi.advanceTimersByTime(0);
  expect(told).toEqual(['even', 'odd']);
});

test('tells of a row whose children are on their way when these have left', () => {
  const answered = announcer.asked('a');
  announcer.announce('a');
  answered(2);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual(['a']);
});

test('waits the longer the more rows are on their way', () => {
  const answered = announcer.asked('a');
  announcer.announce('a');
  answered(10_000);
  vi.advanceTimersByTime(400);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(told).toEqual(['a']);
});

test('tells again of an open row as long as nobody asks for its children, though not for ever', () => {
  announcer.announce('a');
  vi.advanceTimersByTime(1_500);
  expect(told).toEqual(['a', 'a']);
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual(['a', 'a', 'a', 'a']);
});

test('is content once they are asked for', () => {
  announcer.announce('a');
  vi.advanceTimersByTime(0);
  announcer.asked('a')(2);
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual(['a']);
});

test('reminds of no row that is closed, or is closed meanwhile', () => {
  announcer.announce('b');
  announcer.announce('a');
  vi.advanceTimersByTime(0);
  open.clear();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual(['b', 'a']);
});

test('reminds of nothing any more once it is disposed of', () => {
  announcer.announce('a');
  vi.advanceTimersByTime(0);
  announcer.announce('b');
  announcer.dispose();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual(['a']);
});
