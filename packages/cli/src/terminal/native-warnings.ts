// Keeps what a native library writes to standard error off the screen. Dawn, the WebGPU of Node, reports a missing graphics driver in lines
// with its own source files, past everything that JavaScript could catch.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STANDARD_ERROR = 2;

/**
 * Runs some work while file descriptor 2 leads to a file. Where this cannot be done (Windows; standard error is a socket), the work is done
 * all the same, and the warnings are seen. Nothing else may open or close files at the moment when the work begins and ends, because a
 * file that is opened gets the lowest free number.
 * @throws {Error} the error of the work; its cause holds the warnings, which --debug shows
 */
export async function withoutNativeWarnings<T>(work: () => Promise<T>): Promise<T> {
  let screen: number;
  try {
    screen = openSync(`/dev/fd/${STANDARD_ERROR}`, 'a');
  } catch {
    return work();
  }
  const folder = mkdtempSync(join(tmpdir(), 'kk-warnings-'));
  const file = join(folder, 'warnings.txt');
  try {
    leadTo(file);
    try {
      return await work();
    } catch (error) {
      const warnings = readFileSync(file, 'utf8').trim();
      if (warnings !== '' && error instanceof Error) error.cause ??= new Error(warnings);
      throw error;
    } finally {
      leadTo(`/dev/fd/${screen}`);
    }
  } finally {
    closeSync(screen);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lets standard error lead to another file. */
function leadTo(path: string): void {
  closeSync(STANDARD_ERROR);
  const opened = openSync(path, 'a');
  if (opened !== STANDARD_ERROR) throw new Error(`Standard error could not be led to ${path}: it became file ${opened}.`);
}
