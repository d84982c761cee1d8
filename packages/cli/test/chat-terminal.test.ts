// kk chat where somebody types: the prompt, Ctrl-C, completion, and what is typed while the model answers.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { kk, temporaryFolder } from './support/kk.js';
import { babble } from './support/texts.js';
import { typing as typed, type Typed } from './support/typing.js';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
/** The line is drawn anew. */
const CURSOR = '\u001b[';

let cwd: string;

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(1500));
  const { exitCode } = await kk(['train', 'text.txt', '--tokenizer', 'bpe:270', '--layers', '1', '--heads', '2', '--width', '16', '--context', '256', '--batch', '2', '--steps', '4', '--out', 'base', '--quiet'], { cwd });
  expect(exitCode).toBe(0);
});

/** A conversation with the base. */
const typing = (argv: readonly string[], script: readonly (readonly [seen: string | RegExp, typed: string])[]): Promise<Typed> =>
  typed(['chat', 'base', '--template', 'chatml', '--temperature', '0', '--max-tokens', '200', '--threads', '1', ...argv], script, { cwd });

describe('a conversation in a terminal', () => {
  it('shows who speaks, and ends with Ctrl-D', async () => {
    const { exitCode, screen } = await typing(['--max-tokens', '5'], [['You   › ', 'Hello\r'], [/Model › [\s\S]*You {3}› /, CTRL_D]]);
    expect(exitCode).toBe(0);
    expect(screen).toMatch(/Model +base: GPT-2, 1 layers?, width 16/);
    expect(screen).toContain('cut off after 5 tokens');
  });

  it('Ctrl-C stops an answer and nothing else', async () => {
    const { exitCode, screen } = await typing([], [['You   › ', 'Hello\r'], ['Model › ', CTRL_C], [/stopped[\s\S]*You {3}› /, '/max-tokens 3\r'], [/max-tokens is now 3[\s\S]*You {3}› /, 'Again\r'], [/cut off after 3 tokens[\s\S]*You {3}› /, '/exit\r']]);
    expect(exitCode).toBe(0);
    expect(screen.match(/Model › /g)).toHaveLength(2);
  });

  it('Ctrl-C empties a line, then warns, then leaves', async () => {
    const { exitCode, screen } = await typing([], [['You   › ', 'never said'], ['never said', CTRL_C], [CURSOR, CTRL_C], ['Ctrl-C once more leaves.', CTRL_C]]);
    expect(exitCode).toBe(130);
    expect(screen).not.toContain('Model › ');
    expect(screen.endsWith('\n')).toBe(true);
  });

  it('a message takes the warning back, and completion knows the commands', async () => {
    const { exitCode, screen } = await typing(['--max-tokens', '3'], [['You   › ', CTRL_C], ['once more leaves', '/temp\t'], ['erature', '\r'], [/temperature is 0\.[\s\S]*You {3}› /, CTRL_C], ['once more leaves', CTRL_D]]);
    expect(exitCode).toBe(130);
    expect(screen).toContain('temperature is 0.');
  });

  it('takes each of several lines that are pasted at once, and leaves the last one to be finished', async () => {
    const { exitCode, screen } = await typing(['--max-tokens', '3'], [['You   › ', 'One\rTwo\r/seed\rThr'], [/seed is new[\s\S]*You {3}› .*Thr/, 'ee\r'], [/Model › [\s\S]*You {3}› /, '/save said.jsonl\r'], [/Saved in[\s\S]*You {3}› /, '/exit\r']]);
    expect(exitCode).toBe(0);
    const { messages } = JSON.parse(readFileSync(join(cwd, 'said.jsonl'), 'utf8')) as { messages: { role: string; content: string }[] };
    expect(messages.filter(({ role }) => role === 'user').map(({ content }) => content)).toEqual(['One', 'Two', 'Three']);
    for (const said of ['You   › Two', 'You   › /seed']) expect(screen).toContain(said);
  });

  it('keeps what is typed while the model answers for the next message', async () => {
    const { exitCode, screen } = await typing(['--max-tokens', '20'], [['You   › ', 'Hello\r'], ['Model › ', '/seed\r'], [/You {3}› [\s\S]*seed is new for each answer/, '/exit\r']]);
    expect(exitCode).toBe(0);
    expect(screen.match(/Model › /g)).toHaveLength(1);
  });
});
