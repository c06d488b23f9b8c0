import { expect, onTestFinished, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { showInput } from '../../../../src/views/shared/showInput';

test('shows once more what VS Code closes at once, and leaves it closed the second time', () => {
  const input = inputBox();
  const left = vi.fn();
  showInput(input.box, left);
  input.hide();
  expect([input.shown(), left.mock.calls.length]).toEqual([2, 0]);
  input.hide();
  expect([input.shown(), left.mock.calls.length]).toEqual([2, 1]);
});

test('leaves closed what a person has typed into, however quick they were', () => {
  const input = inputBox();
  const left = vi.fn();
  showInput(input.box, left);
  input.type();
  input.hide();
  expect([input.shown(), left.mock.calls.length]).toEqual([1, 1]);
});

test('one that is to stay open is shown once more, and does not close when the focus goes elsewhere later', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const input = inputBox();
  const left = vi.fn();
  showInput(input.box, left, { staysOpen: true });
  expect(input.box.ignoreFocusOut).toBe(false);
  vi.advanceTimersByTime(100);
  input.hide();
  expect([input.shown(), left.mock.calls.length]).toEqual([2, 0]);
  expect(input.box.ignoreFocusOut).toBe(false);
  vi.advanceTimersByTime(1000);
  expect(input.box.ignoreFocusOut).toBe(true);
  input.hide();
  expect([input.shown(), left.mock.calls.length]).toEqual([2, 1]);
});

test('hears nothing after it was disposed', () => {
  const input = inputBox();
  const left = vi.fn();
  showInput(input.box, left).dispose();
  input.hide();
  expect([input.shown(), left.mock.calls.length]).toEqual([1, 0]);
});

function inputBox() {
  const typed = new Set<() => void>();
  const hidden = new Set<() => void>();
  const event = (listeners: Set<() => void>) => (listener: () => void) => {
    listeners.add(listener);
    return { dispose: () => void listeners.delete(listener) };
  };
  const show = vi.fn();
  const box = { show, ignoreFocusOut: false, onDidChangeValue: event(typed), onDidHide: event(hidden) };
  return {
    box: box as unknown as vscode.InputBox,
    shown: () => show.mock.calls.length,
    type: () => typed.forEach(listener => void listener()),
    hide: () => hidden.forEach(listener => void listener()),
  };
}
