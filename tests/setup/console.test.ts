import { describe, it } from 'vitest';
import { expectConsole } from './console';

describe('the console of a test', () => {
  it.fails('fails the test on a line that was not expected', () => {
    console.warn('surprise');
  });

  it.fails('fails the test when an expected line does not come', () => {
    expectConsole('warn', /never/);
  });

  it.fails('tells levels apart', () => {
    expectConsole('error', /surprise/);
    console.warn('surprise');
  });

  it('lets an expected line pass, formatted as it would be printed', () => {
    expectConsole('error', /^the 7th surprise$/);
    console.error('the %dth surprise', 7);
  });
});
