// Runs kk in a terminal whose user waits for something to appear before each thing that is typed.
import { PassThrough } from 'node:stream';
import { expect } from 'vitest';
import { run } from '../../src/index.js';

export interface Typed {
  exitCode: number;
  /** All that was written. */
  screen: string;
}

/** @param script what has to appear, and what is typed then; all of it has to come */
export async function typing(argv: readonly string[], script: readonly (readonly [seen: string | RegExp, typed: string])[], { cwd, env = {} }: { cwd: string; env?: Readonly<Record<string, string>> }): Promise<Typed> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
  let screen = '';
  let from = 0;
  let at = 0;
  const look = (): void => {
    const next = script[at];
    if (!next) return;
    const found = typeof next[0] === 'string' ? screen.indexOf(next[0], from) : (next[0].exec(screen.slice(from))?.index ?? -1) + from;
    if (found < from) return;
    from = screen.length;
    at++;
    // After what is being written is complete, as for somebody who types.
    setImmediate(() => stdin.write(next[1]));
  };
  const output = {
    isTTY: true,
    columns: 80,
    rows: 40,
    write: (text: string) => {
      screen += text;
      look();
    },
  };
  const exitCode = await run(argv, { stdin, stdout: output, stderr: output, env: { TERM: 'xterm', NO_COLOR: '1', ...env }, cwd, command: 'kk' });
  expect(at, screen).toBe(script.length);
  return { exitCode, screen };
}
