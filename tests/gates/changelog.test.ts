import { expect, it } from 'vitest';
import { hasReleased, readChangelog, releaseChangelog } from '../../scripts/changelog';

const manifest = { name: 'a', version: '1.1.0', repository: 'https://host.example/owner/name' };
const date = new Date(Date.UTC(2030, 0, 2));
const BEFORE =
  '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A name.\n\n## 1.0.0 - 2029-01-02\n\n### Fixed\n\n- A fault.\n';

it('a version takes what stands under “Unreleased”, with its date and its address, and leaves room for the next', async () => {
  const after = await releaseChangelog(BEFORE, manifest, date);
  expect(after).toMatch(
    /## \[Unreleased\]\n\n## \[1\.1\.0\] - 2030-01-02\n\n### Added\n\n- A name\.\n\n## \[1\.0\.0\] - 2029-01-02\n\n### Fixed\n/,
  );
  expect(after).toContain('[1.1.0]: https://host.example/owner/name/');
  expect([hasReleased(BEFORE, '1.1.0'), hasReleased(after, '1.1.0')]).toEqual([false, true]);
});

it('a version that brings nothing is refused', async () => {
  const after = await releaseChangelog(BEFORE, manifest, date);
  await expect(releaseChangelog(after, { ...manifest, version: '1.2.0' }, date)).rejects.toThrow(
    'Nothing stands under “Unreleased”',
  );
});

it('every line of our own changelog outlives a release', async () => {
  const noted = readChangelog().replace(/^## \[?Unreleased\]?\n/m, '$&\n### Security\n\n- A note.\n');
  const after = (await releaseChangelog(noted, { ...manifest, version: '9.9.9', repository: '' }, date)).split('\n');
  expect(after).toContain('- A note.');
  expect(
    readChangelog()
      .match(/^(- | {2}).+/gm)!
      .filter((line) => !after.includes(line)),
  ).toEqual([]);
});
