import { expect, test } from 'vitest';
import { installExample } from './installExample';

test("an app's tests pass in Jest 30 and in Jest 29, in jsdom, through Babel and through ts-jest", async () => {
  const example = await installExample('jest');
  for (const script of ['test', 'test:jest-29']) {
    const output = await example.run(script);
    expect(output).toMatch(/^Tests: +8 passed, 8 total$/m);
    expect(output).not.toMatch(/console\.|warn/i);
  }
});
