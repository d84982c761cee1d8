// What a program prints on the console.
import { vi } from 'vitest';

/** Runs it, and returns the lines that it printed. */
export async function printedBy(program: () => Promise<unknown>): Promise<string> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await program();
    return log.mock.calls.map((call) => call.join(' ')).join('\n');
  } finally {
    log.mockRestore();
  }
}
