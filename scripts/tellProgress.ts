import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** What a run of vitest tells `scripts/runTests.ts`, its parent: each test as it ends, and at the end what went wrong. */
export type Told = { passed: true } | { failed: string } | { skipped: true } | { broken: string };

export default class TellProgress implements Reporter {
  onTestCaseResult(test: TestCase): void {
    const { state } = test.result();
    if (state === 'passed') tell({ passed: true });
    else if (state === 'failed') tell({ failed: `${test.module.relativeModuleId} > ${test.fullName}` });
    else tell({ skipped: true });
  }

  /** A file that can't be loaded, a hook that throws and an error nobody caught belong to no test. */
  onTestRunEnd(modules: readonly TestModule[], uncaught: readonly { message: string }[]): void {
    for (const module of modules) {
      const suites = [...module.children.allSuites()];
      const count = module.errors().length + suites.reduce((sum, suite) => sum + suite.errors().length, 0);
      if (count > 0) tell({ broken: module.relativeModuleId });
    }
    for (const { message } of uncaught) tell({ broken: message });
  }
}

function tell(told: Told): void {
  process.send?.(told);
}
