import { describe, expect, test } from 'vitest';
import { readPageState, readToExtension, readToPage } from '../../../../src/webview/report/messages';

describe('messages', () => {
  test('of the page are those that are agreed on, and nothing else', () => {
    expect(readToExtension({ type: 'copyId', key: 'a/b', more: 1 })).toEqual({ type: 'copyId', key: 'a/b' });
    expect(readToExtension({ type: 'export', format: 'csv' })).toEqual({ type: 'export', format: 'csv' });
    for (const wrong of [
      null,
      1,
      'ready',
      {},
      { type: 'run' },
      { type: 'copyId' },
      { type: 'export', format: 'exe' },
    ]) {
      expect(readToExtension(wrong)).toBeUndefined();
    }
  });

  test('of the extension are checked likewise', () => {
    const message = { type: 'report', report: { at: 1, servers: [] }, rows: 0, isLoading: false, earlier: [] };
    expect(readToPage(message)).toBeDefined();
    expect(readToPage({ ...message, report: { at: 1, servers: [{}] } })).toBeUndefined();
    expect(readToPage({ type: 'rows', rows: [] })).toBeDefined();
    expect(readToPage({ type: 'rows', rows: [{}] })).toBeUndefined();
    expect(readToPage({ type: 'eval', text: '1' })).toBeUndefined();
  });

  test('what is kept of the page is read if it makes sense', () => {
    const table = { sort: 'fill', descending: true, filter: '', kind: '', page: 0 };
    expect(readPageState({ servers: ['a'], tables: { quotas: table } })).toEqual({
      servers: ['a'],
      tables: { quotas: table },
    });
    for (const wrong of [
      undefined,
      'x',
      { servers: [1], tables: {} },
      { servers: [], tables: { quotas: { page: 'x' } } },
    ]) {
      expect(readPageState(wrong)).toEqual({ servers: [], tables: {} });
    }
  });
});
