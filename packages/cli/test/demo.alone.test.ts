import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import type * as corpora from '@kk/corpora';
import { describe, expect, it, vi } from 'vitest';
import { de } from '../src/demo/de.js';
import { en } from '../src/demo/en.js';
import { modelSize } from '../src/demo/plan.js';
import { Interrupted } from '../src/errors.js';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { babble } from './support/texts.js';

// A tenth of the stories and a smaller model take the same way in a fraction of the time.
vi.mock('@kk/corpora', async (original) => {
  const real = await original<typeof corpora>();
  const writeStories: typeof real.writeStories = (language, { bytes, ...options }) => real.writeStories(language, { ...options, bytes: bytes! / 10 });
  return { ...real, writeStories };
});
Object.assign(modelSize, { layers: 1, width: 32 });

/** A line of text that is not wrapped apart. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

describe('kk demo', () => {
  it.each([
    ['de', de],
    ['en', en],
  ])('shows the whole way in %s, as plain lines where nothing can be replaced', async (language, messages) => {
    const cwd = temporaryFolder();
    const { exitCode, stdout, stderr } = await kk(['demo', '--lang', language, '--seconds', '1'], { cwd });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain('\u001b');
    const order = [messages.title, messages.tokens.heading, messages.nonsense.heading, messages.training.before, messages.training.after, messages.training.curve, messages.choices.heading, messages.ending.heading];
    const places = order.map((words) => stdout.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(stdout).toContain('WebAssembly');
    for (const folder of ['config.json', 'model.safetensors', 'tokenizer.json']) expect(existsSync(join(cwd, 'runs', `demo-${language}`, folder))).toBe(true);
    // The commands that it names work.
    const generate = new RegExp(`kk (generate --model runs/demo-${language}) --prompt "(.*)"`).exec(stdout);
    expect(generate).not.toBeNull();
    const written = await kk([...generate![1].split(' '), '--prompt', generate![2], '--max-tokens', '5'], { cwd });
    expect(written.exitCode).toBe(0);
    expect(written.stdout.startsWith(generate![2])).toBe(true);
    const tokenize = new RegExp(`kk tokenize "(.*)" --tokenizer (\\S+)`).exec(stdout);
    expect((await kk(['tokenize', tokenize![1], '--tokenizer', tokenize![2]], { cwd })).exitCode).toBe(0);
  });

  it('speaks the language of the system, fits into the width of a phone, and writes over its own folder only', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'text.txt'), babble(1000));
    expect((await kk(['train', '--data', 'text.txt', ...tiny, '--out', 'other', '--quiet'], { cwd })).exitCode).toBe(0);
    const before = readFileSync(join(cwd, 'other', 'model.safetensors'));
    expect(await kk(['demo', '--out', 'other'], { cwd })).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('other holds a model that is not from kk demo') });
    expect(readFileSync(join(cwd, 'other', 'model.safetensors')).equals(before)).toBe(true);

    const { exitCode, stdout } = await kk(['demo', '--seconds', '1', '--out', 'mine'], { cwd, columns: 40, env: { LANG: 'de_AT.UTF-8', NO_COLOR: '1' } });
    expect(exitCode).toBe(0);
    expect(flat(stdout)).toContain(de.tokens.text);
    const commands = /^ *kk /;
    const lines = stripVTControlCharacters(stdout).split('\n').filter((line) => !commands.test(line));
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);

    expect(await kk(['train', '--resume', 'mine'], { cwd })).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('mine is from kk demo') });
    const controller = new AbortController();
    const onStdout = (): void => controller.abort(new Interrupted('Stopped.'));
    expect((await kk(['demo', '--out', 'mine'], { cwd, onStdout, interrupt: controller.signal })).exitCode).toBe(130);
  });

  it('ends cleanly at Ctrl-C, also with words and stories in two languages', async () => {
    const cwd = temporaryFolder();
    const controller = new AbortController();
    const onStdout = (text: string): void => {
      if (text.includes(de.training.before)) controller.abort(new Interrupted('Stopped.'));
    };
    const { exitCode, stdout, stderr } = await kk(['demo', '--lang', 'en', '--ui-lang', 'de', '--seconds', '60'], { cwd, onStdout, interrupt: controller.signal });
    expect(exitCode).toBe(130);
    expect(stderr).toBe(`kk: ${de.stopped}\n`);
    expect(stdout).toContain(en.training.prompt);
    expect(stdout).not.toContain(de.training.prompt);
    expect(existsSync(join(cwd, 'runs'))).toBe(false);
  });
});
