import { describe, expect, it } from 'vitest';
import { countTests, readReport, summaryLine } from '../src/test-report.mjs';

const report = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((test) => ({ status: test })) });

describe('countTests', () => {
  it('counts what vitest counted', () => {
    expect(countTests({ ...report, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1, testResults: [file('failed', 'passed', 'failed', 'failed')] })).toEqual({
      passed: 7,
      failed: 2,
      skipped: 2,
    });
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(countTests({ ...report, testResults: [file('passed', 'passed'), file('failed')] })).toEqual({ passed: 7, failed: 1, skipped: 0 });
  });
});

it('says it in one plain line', () => {
  expect(summaryLine({ passed: 120, failed: 0, skipped: 0 })).toBe('120 passed, 0 failed');
  expect(summaryLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
});

it('has no report where vitest wrote none', () => {
  expect(readReport('no-such-report.json')).toBeNull();
});
