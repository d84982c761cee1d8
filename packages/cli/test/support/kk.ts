// Runs kk in this process, in a folder of its own, and keeps what it wrote.
import { run, type IO } from '../../src/index.js';

export { temporaryFolder } from './temporary-folder.js';

export interface Result {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** Every line of stdout as JSON. */
  json(): Record<string, unknown>[];
  /** The last line of stdout as JSON. */
  last(): Record<string, unknown>;
}

export interface KkOptions extends Partial<Omit<IO, 'stdin' | 'stdout' | 'stderr'>> {
  /** Standard input; a terminal if left out. */
  input?: string | Uint8Array;
  /** A terminal of this many columns instead of a pipe. */
  columns?: number;
  onStdout?: (text: string) => void;
  onStderr?: (text: string) => void;
}

export async function kk(argv: readonly string[], { input, columns, onStdout, onStderr, ...io }: KkOptions = {}): Promise<Result> {
  let stdout = '';
  let stderr = '';
  const terminal = columns === undefined ? {} : { isTTY: true, columns, rows: 40 };
  const exitCode = await run(argv, {
    env: {},
    stdin: { isTTY: input === undefined, ...inputOf(input) },
    stdout: {
      write: (text) => {
        stdout += text;
        onStdout?.(text);
      },
      ...terminal,
    },
    stderr: {
      write: (text) => {
        stderr += text;
        onStderr?.(text);
      },
      ...terminal,
    },
    ...io,
  });
  const json = (): Record<string, unknown>[] =>
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { exitCode, stdout, stderr, json, last: () => json().at(-1) as Record<string, unknown> };
}

function inputOf(input: string | Uint8Array | undefined): AsyncIterable<Uint8Array | string> {
  return {
    async *[Symbol.asyncIterator]() {
      if (input !== undefined) yield input;
    },
  };
}

/** The options of a model that is trained in a moment. */
export const tiny = ['--layers', '2', '--heads', '2', '--width', '16', '--context', '16', '--batch', '4', '--steps', '12', '--warmup', '2', '--lr', '0.01'];
