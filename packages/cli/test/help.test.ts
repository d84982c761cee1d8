import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import packageJSON from '../package.json' with { type: 'json' };
import { allVerbs } from '../src/grammar/verbs-table.js';
import { kk } from './support/kk.js';

const verbs = allVerbs().map((verb) => [verb.path.replace(/^kk /, ''), verb.path.split(' ').slice(1)] as const);

describe('help', () => {
  it('lists every verb, asked for or not', async () => {
    const asked = await kk(['--help']);
    expect(asked.exitCode).toBe(0);
    for (const verb of ['demo', 'train', 'eval', 'generate', 'tokenize', 'tokenizer', 'corpus', 'markov', 'embed', 'text', 'bench']) expect(asked.stdout).toMatch(new RegExp(`^ {2}${verb}\\b`, 'm'));
    const bare = await kk([]);
    expect(bare).toMatchObject({ exitCode: 0, stdout: asked.stdout, stderr: '' });
  });

  it.each(verbs)('explains kk %s with an example', async (name, verb) => {
    const { exitCode, stdout, stderr } = await kk([...verb, '--help']);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain(`Usage: kk ${name}`);
    const [, examples] = stdout.split(/^Examples?:$/m);
    expect(examples).toContain(`kk ${name}`);
  });

  it.each(verbs)('refuses an unknown option of kk %s with exit code 2', async (name, verb) => {
    const { exitCode, stdout, stderr } = await kk([...verb, '--nonsense']);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^kk: /);
    expect(stderr).toContain(`See kk ${name} --help`);
  });

  it('suggests what was meant', async () => {
    expect((await kk(['train', '--lyers', '3'])).stderr).toContain('Did you mean --layers?');
    expect((await kk(['trian'])).stderr).toContain('Did you mean train?');
    expect((await kk(['markov', 'evla'])).stderr).toContain('Did you mean eval?');
    // Also where that option is required, and therefore missing.
    expect(await kk(['eval', '--modle', 'x'])).toMatchObject({ exitCode: 2, stderr: "kk: unknown option '--modle'\n    (Did you mean --model?) See kk eval --help\n" });
  });

  it('marks what is required', async () => {
    const { stdout } = await kk(['eval', '--help']);
    const flat = stdout.replace(/\s+/g, ' ');
    expect(flat).toContain('--model <dir> folder of the model (required)');
    expect(flat).toMatch(/--data <file...> [^(]*\(required, or --ids\)/);
    expect(flat).toMatch(/--ids <list> [^(]*\(required, or --data\)/);
  });

  it('is kk help VERB, too', async () => {
    expect(await kk(['help', 'markov', 'train'])).toMatchObject({ exitCode: 0, stdout: (await kk(['markov', 'train', '--help'])).stdout });
    expect((await kk(['help'])).stdout).toBe((await kk(['--help'])).stdout);
    expect(await kk(['help', 'markov', 'tarin'])).toMatchObject({ exitCode: 2, stderr: 'kk: kk markov has no verb tarin; it has train, eval, generate, inspect.\n    See kk markov --help\n' });
  });

  it('shows the version', async () => {
    expect(await kk(['--version'])).toMatchObject({ exitCode: 0, stdout: `${packageJSON.version}\n` });
  });

  it.each(verbs)('of kk %s fits 40 and 80 columns, and breaks no word', async (_, verb) => {
    const [wide, narrow] = await Promise.all([80, 40].map(async (columns) => {
      const { stdout } = await kk([...verb, '--help'], { columns, env: { NO_COLOR: '1' } });
      for (const line of stdout.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(columns);
      // A backslash only continues a command on the next line.
      return stdout.split(/\s+/).filter((word) => word !== '\\').join(' ');
    }));
    expect(narrow).toBe(wide);
  });

  it('has colours on a terminal only', async () => {
    const colored = (await kk(['train', '--help'], { columns: 80 })).stdout;
    expect(colored).toContain('\u001b[1mOptions:\u001b[22m');
    expect(colored).toContain('\u001b[36m--steps <n>\u001b[39m');
    const plain = (await kk(['train', '--help'], { columns: 80, env: { NO_COLOR: '1' } })).stdout;
    expect(stripVTControlCharacters(colored)).toBe(plain);
    expect((await kk(['train', '--help'])).stdout).toBe(plain);
  });

  it('asks for the verb that is missing', async () => {
    const { exitCode, stderr } = await kk(['tokenizer']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('kk tokenizer needs a verb: train, inspect, convert.');
  });

  it('shows an empty name', async () => {
    const { exitCode, stderr } = await kk(['help', '']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("kk has no verb ''; it has demo,");
  });

  it('refuses what is too much', async () => {
    expect((await kk(['eval', '--model', 'x', '--data', 'y', '--json', '--', 'z'])).exitCode).toBe(2);
  });
});
