import { expect, test } from 'vitest';
import { releaseNotes } from '../../scripts/release';

const changelog =
  '# Changes\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-29\n\n### Added\n\n- This.\n\n## [1.1.0]\n\n- That.\n\n## [1.0.0]\n';

test('the notes of a release are the section about its version', () => {
  expect(releaseNotes('v1.2.0', '1.2.0', changelog)).toBe('### Added\n\n- This.\n');
  expect(releaseNotes('v1.1.0', '1.1.0', changelog)).toBe('- That.\n');
});

test('a tag that is not that of the version is not released', () => {
  for (const tag of ['1.2.0', 'v1.2', 'v1.2.0-rc.1', 'v1.1.0', '']) {
    expect(() => releaseNotes(tag, '1.2.0', changelog), tag).toThrow('v1.2.0');
  }
});

test('a version about which the changelog says nothing is not released', () => {
  for (const version of ['1.0.0', '1.3.0', '1.2']) {
    expect(() => releaseNotes(`v${version}`, version, changelog), version).toThrow(`[${version}]`);
  }
});
