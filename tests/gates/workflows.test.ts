import { expect, it } from 'vitest';
import { findWorkflowFaults } from '../../scripts/lintWorkflows';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const findFaults = (...steps: string[]): Promise<string[]> => {
  const lines = ['on: push', 'jobs:', '  test:', '    runs-on: ubuntu-latest', '    steps:'];
  return findWorkflowFaults([
    { path: 'a.yml', text: [...lines, ...steps.map((step) => `      - ${step}`)].join('\n') },
  ]);
};

it('a workflow whose actions are pinned has no fault', async () => {
  expect(await findFaults(`uses: owner/action@${COMMIT} # v1.2.3`, 'run: npm ci')).toEqual([]);
});

it.each([['owner/action@v1'], [`owner/action@${COMMIT}`], [`owner/action@${COMMIT.slice(0, 12)} # v1.2.3`]])(
  'uses: %s is not pinned',
  async (action) => {
    expect(await findFaults('run: npm ci', `uses: ${action}`)).toEqual(['a.yml:7 an action that is not pinned']);
  },
);

it('what actionlint knows to be wrong is found', async () => {
  expect(await findFaults('run: echo ${{ matrx.node }}')).toEqual([
    expect.stringMatching(/^a\.yml:6:\d+ undefined variable "matrx"/),
  ]);
});
