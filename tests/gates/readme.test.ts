import { expect, it } from 'vitest';
import { checkDocuments } from '../../scripts/checkReadme';

const text = [
  '# A document',
  '```tsx',
  "import { isUpsolveTenantError } from 'react-upsolve-tenant';",
  'export const isOurs: boolean = isUpsolveTenantError(1);',
  '```',
  '```sh',
  'not TypeScript',
  '```',
  '```ts',
  "import { nobodyKnowsMe } from 'react-upsolve-tenant';",
  '',
  'const wrong: string = 1;',
  '```',
].join('\n');

it('a code block of a document that uses a wrong name or type is found, with its line', { timeout: 60_000 }, () => {
  const { blocks, faults } = checkDocuments([{ name: 'docs/EXAMPLE.md', text }]);
  expect(blocks).toBe(2);
  expect(faults).toEqual([
    expect.stringMatching(/^docs\/EXAMPLE\.md:10 .*has no exported member 'nobodyKnowsMe'/),
    expect.stringMatching(/^docs\/EXAMPLE\.md:12 Type 'number' is not assignable to type 'string'/),
  ]);
});
