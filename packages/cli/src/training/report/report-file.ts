// Where `kk train --report` writes: a page that is there is replaced only with `--force`, or where the same run wrote it.
import type { Context } from '../../context.js';
import { UsageError } from '../../errors.js';
import { checkNewFile } from '../../files/new-file.js';
import { outputPath, shortPath } from '../../files/paths.js';

/**
 * The full path of `--report`.
 * @throws {UsageError} when its name says no page
 */
export function reportPath({ io: { cwd } }: Context, report: string): string {
  const path = outputPath(cwd, report, '--report');
  if (!path.endsWith('.html')) throw new UsageError(`${shortPath(cwd, path)} says no format; expected a name with .html at its end.`, 'Choose another --report.');
  return path;
}

export interface CheckReportOptions {
  force: boolean;
  /** The files that the run reads: full paths, or `-`. */
  reads: readonly string[];
  /** The pages that the run has written before it was resumed, full paths. */
  written?: readonly string[];
}

/**
 * @param report  full path, if there shall be one
 * @throws {Failure} when it is there already and not the run's own, or no file that can be written
 * @throws {UsageError} when the run reads it
 */
export async function checkReport({ io: { cwd } }: Context, report: string | undefined, { force, reads, written = [] }: CheckReportOptions): Promise<void> {
  if (report === undefined) return;
  await checkNewFile(report, { shown: shortPath(cwd, report), force: force || written.includes(report), reads, option: '--report', isRewritten: true });
}
