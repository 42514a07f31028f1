import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { describeContract, PAGE } from '../../scripts/writeContract';

it('the page about the contract is the one that is made from it', async () => {
  const page = await format(describeContract(), { ...(await resolveConfig(PAGE)), filepath: PAGE });
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
