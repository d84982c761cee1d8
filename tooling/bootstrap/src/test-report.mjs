// Reads vitest's JSON report and summarizes in one line how many tests passed and failed.
import { readFileSync } from 'node:fs';

/**
 * The part of the report that is read here.
 * @typedef {object} TestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests  skipped ones
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults  one per file
 */

/** @typedef {{ passed: number, failed: number, skipped: number }} TestCounts */

/**
 * @param {TestReport} report
 * @returns {TestCounts} a file that could not even be loaded counts as one failure
 */
export function countTests(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {TestCounts} counts
 * @returns {string} such as `120 passed, 0 failed`, with `, 2 skipped` if there are any: made for machines to read
 */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * @param {string} file
 * @returns {TestReport | null} null if vitest ended before it wrote one
 */
export function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
    throw error;
  }
}
