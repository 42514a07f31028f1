import { expect, it } from 'vitest';
import { fingerprint } from '../../src/core/fingerprint';

it('is short, the same for the same text, and another one for each of 20,000 others', () => {
  const names = Array.from({ length: 20_000 }, (_, i) => fingerprint(`tenant-${i}`));
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => /^[0-9a-z]{1,11}$/.test(name))).toBe(true);
  expect(fingerprint('tenant-7')).toBe(names[7]);
  expect(fingerprint('ab')).not.toBe(fingerprint('ba'));
  expect(fingerprint('')).not.toBe(fingerprint('\0'));
});

it('is the same in every version, since the tabs of two versions speak with each other', () => {
  expect(['', 'a', 'react-upsolve-tenant', 'żółw 🐢'].map(fingerprint)).toMatchInlineSnapshot(`
    [
      "wvjl67o803",
      "262p94epp1d",
      "22s6152yybo",
      "1enplmqdlqk",
    ]
  `);
});
