import { describe, expect, it } from 'vitest';
import { kk } from './support/kk.js';

const verbs = [['demo'], ['train'], ['eval'], ['generate'], ['tokenize'], ['tokenizer', 'train'], ['tokenizer', 'inspect'], ['tokenizer', 'convert'], ['corpus', 'write'], ['markov', 'train'], ['markov', 'eval'], ['markov', 'generate'], ['markov', 'inspect'], ['text', 'stats'], ['bench']];

describe('help', () => {
  it('lists every verb, asked for or not', async () => {
    const asked = await kk(['--help']);
    expect(asked.exitCode).toBe(0);
    for (const verb of ['demo', 'train', 'eval', 'generate', 'tokenize', 'tokenizer', 'corpus', 'markov', 'text', 'bench']) expect(asked.stdout).toMatch(new RegExp(`^ {2}${verb}\\b`, 'm'));
    const bare = await kk([]);
    expect(bare).toMatchObject({ exitCode: 0, stdout: asked.stdout, stderr: '' });
  });

  it.each(verbs.map((verb) => [verb.join(' '), verb] as const))('explains kk %s with an example', async (name, verb) => {
    const { exitCode, stdout, stderr } = await kk([...verb, '--help']);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain(`Usage: kk ${name}`);
    expect(stdout).toMatch(/Examples?:\n {2}kk /);
    expect(stdout).toContain(`  kk ${name}`);
  });

  it.each(verbs.map((verb) => [verb.join(' '), verb] as const))('refuses an unknown option of kk %s with exit code 2', async (name, verb) => {
    const { exitCode, stdout, stderr } = await kk([...verb, '--nonsense']);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^kk: /);
    expect(stderr).toContain(`See kk ${name} --help`);
  });

  it('suggests what was meant', async () => {
    expect((await kk(['train', '--lyers', '3'])).stderr).toContain('Did you mean --layers?');
    expect((await kk(['trian'])).stderr).toContain('Did you mean train?');
  });

  it('asks for the verb that is missing', async () => {
    const { exitCode, stderr } = await kk(['tokenizer']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('kk tokenizer needs a verb: train, inspect, convert.');
  });

  it('refuses what is too much', async () => {
    expect((await kk(['eval', '--model', 'x', '--data', 'y', '--json', '--', 'z'])).exitCode).toBe(2);
  });
});
