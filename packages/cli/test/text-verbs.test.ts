import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeStories } from '@kk/corpora';
import { loadGpt2 } from '@kk/tokenizer/gpt2';
import { loadTokenizer } from '@kk/tokenizer/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { Interrupted } from '../src/errors.js';
import { followsRule, preferenceRules, styles } from '@kk/corpora/instructions';
import type { CompletionExample, ConversationExample, ConversationPreference } from '@kk/finetune';
import { readExampleFile, readPreferenceFile, readPromptFile } from '@kk/finetune/node';
import { isDrawn, isPreferred, KINDS, RULES, STYLES } from '../src/corpus/kinds.js';
import { kk, temporaryFolder } from './support/kk.js';
import { babble } from './support/texts.js';

let cwd: string;

beforeAll(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(2000));
});

describe('kk tokenize', () => {
  it('gives ids that a program can read', async () => {
    const { exitCode, last } = await kk(['tokenize', 'abca', '--tokenizer', 'char', '--json']);
    expect(exitCode).toBe(0);
    expect(last()).toEqual({ ids: [0, 1, 2, 0], tokens: ['a', 'b', 'c', 'a'], kind: 'character', vocabSize: 3, characters: 4 });
  });

  it('says when the stories have fewer tokens than were asked for', async () => {
    const argv = ['tokenize', 'a cat', '--tokenizer', 'wordpiece:200000'];
    const { vocabSize, requestedVocabSize } = (await kk([...argv, '--json'])).last();
    expect(requestedVocabSize).toBe(200_000);
    expect(vocabSize).toBeLessThan(200_000);
    expect((await kk(argv)).stdout).toContain('(asked for 200,000; the text has no more)');
  });

  it('shows pieces above their ids', async () => {
    const { stdout } = await kk(['tokenize', 'ab a', '--tokenizer', 'char']);
    expect(stdout).toBe('a b · a\n1 2 0 1\n4 tokens, 4 characters, 1.00 characters per token; characters, 3 of them\n');
  });

  it('has colours on a terminal', async () => {
    const { stdout } = await kk(['tokenize', 'ab', '--tokenizer', 'char'], { columns: 40 });
    expect(stdout).toContain('\u001b[46m');
    expect((await kk(['tokenize', 'ab', '--tokenizer', 'char'], { columns: 40, env: { NO_COLOR: '1' } })).stdout).not.toContain('\u001b');
  });

  it('knows the words of its stories, in the language of the system', async () => {
    const german = await kk(['tokenize', 'Es war einmal ein kleines Mädchen', '--json'], { env: { LANG: 'de_DE.UTF-8' } });
    const english = await kk(['tokenize', 'Es war einmal ein kleines Mädchen', '--json'], { env: { LANG: 'en_US.UTF-8' } });
    const count = (result: typeof german): number => (result.last().ids as number[]).length;
    expect(count(german)).toBeLessThan(10);
    expect(count(english)).toBeGreaterThan(count(german));
    const asked = await kk(['tokenize', 'Es war einmal ein kleines Mädchen', '--json', '--lang', 'de'], { env: { LANG: 'en_US.UTF-8' } });
    expect(asked.stdout).toBe(german.stdout);
  });

  it('reads standard input and files', async () => {
    const fromInput = await kk(['tokenize', '--tokenizer', 'word', '--json'], { input: babble(2000) });
    const fromFile = await kk(['tokenize', '--data', 'text.txt', '--tokenizer', 'word', '--json'], { cwd });
    expect(fromInput.last().ids).toEqual(fromFile.last().ids);
  });

  it.each([
    // The ids are those of OpenAI's cookbook, "How to count tokens with tiktoken".
    ['r50k_base', [415, 29207, 44390, 3699, 1042]],
    ['p50k_base', [415, 29207, 44390, 3699, 1042]],
    ['p50k_edit', [415, 29207, 44390, 3699, 1042]],
    ['text-davinci-003', [415, 29207, 44390, 3699, 1042]],
    ['gpt-3.5-turbo', [519, 85342, 34500, 479, 8997, 2191]],
    ['o200k_harmony', [493, 129901, 376, 160388, 21203, 2367]],
    ['gpt-4o', [493, 129901, 376, 160388, 21203, 2367]],
    ['gpt-4o-2024-08-06', [493, 129901, 376, 160388, 21203, 2367]],
  ])('has the tokenizers of OpenAI by the names of vocabularies and models: %s', async (name, ids) => {
    expect((await kk(['tokenize', 'antidisestablishmentarianism', '--tokenizer', name, '--json'], { cwd })).last().ids).toEqual(ids);
  });

  it('takes a file of the name of a model first', async () => {
    expect((await kk(['tokenizer', 'train', 'text.txt', '--type', 'char', '--out', 'gpt-4o'], { cwd })).exitCode).toBe(0);
    expect((await kk(['tokenizer', 'inspect', 'gpt-4o', '--json'], { cwd })).last().kind).toBe('character');
    expect((await kk(['tokenizer', 'inspect', './gpt-4', '--json'], { cwd }))).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('gpt-4') as string });
  });

  it('counts, and tells where each token stands', async () => {
    expect((await kk(['tokenize', 'Hello world', '--tokenizer', 'cl100k_base', '--count'])).stdout).toBe('2\n');
    expect((await kk(['tokenize', 'Hello world', '--tokenizer', 'gpt2', '--count', '--json'])).last()).toEqual({ tokens: 2, characters: 11, kind: 'byte-pair', vocabSize: 50257 });
    expect((await kk(['tokenize', 'a b', '--tokenizer', 'gpt2', '--offsets'])).stdout).toBe('   64  0-1  a\n  275  1-3  ·b\n');
    expect((await kk(['tokenize', 'a b', '--tokenizer', 'gpt2', '--offsets', '--json'])).last()).toMatchObject({ ids: [64, 275], offsets: [[0, 1], [1, 3]], words: [0, 1], origins: ['piece', 'piece'] });
    expect((await kk(['tokenize', 'a', '--tokenizer', 'char', '--count', '--offsets'])).exitCode).toBe(2);
  });

  it('tells where each token of a text of several parts stands', async () => {
    // More than two parts of 2^17 units; characters of two to four bytes stand where a part ends.
    const text = 'Die Möwe 😀 flog übers Meer, 猫 schlief.\n'.repeat(7000);
    writeFileSync(join(cwd, 'long.txt'), text);
    const { ids, offsets } = (await loadGpt2()).encodeWithDetails(text);
    const { exitCode, stdout } = await kk(['tokenize', '--data', 'long.txt', '--tokenizer', 'gpt2', '--offsets'], { cwd });
    expect(exitCode).toBe(0);
    const lines = stdout.trimEnd().split('\n').map((line) => /^ *(\d+) +(\d+)-(\d+) /.exec(line)!.slice(1).join(' '));
    expect(lines.join('\n')).toBe(ids.map((id, i) => `${id} ${offsets[i].join(' ')}`).join('\n'));
  });

  it('takes special tokens for text unless it is told otherwise', async () => {
    expect((await kk(['tokenize', '<|endoftext|>', '--tokenizer', 'gpt2', '--count'])).stdout).not.toBe('1\n');
    expect((await kk(['tokenize', '<|endoftext|>', '--tokenizer', 'gpt2', '--special', '--json'])).last().ids).toEqual([50256]);
  });

  it.each([
    ['wordpiece:300', 'word-piece'],
    ['unigram:300', 'unigram'],
  ])('learns %s from its stories', async (tokenizer, kind) => {
    const { exitCode, last } = await kk(['tokenize', 'Once upon a time', '--tokenizer', tokenizer, '--lang', 'en', '--json']);
    expect(exitCode).toBe(0);
    expect(last()).toMatchObject({ kind, vocabSize: 300 });
    expect((last().ids as number[]).length).toBeLessThan(12);
  });

  it('shows text that looks like options after --', async () => {
    expect((await kk(['tokenize', '--tokenizer', 'char', '--json', '--', '--help'])).last().characters).toBe(6);
  });
});

describe('kk tokenizer train', () => {
  it.each([
    ['char', 'character', undefined],
    ['word', 'word', '15'],
    ['bpe', 'byte-pair', '280'],
    ['wordpiece', 'word-piece', '50'],
    ['unigram', 'unigram', '30'],
  ])('writes a tokenizer.json of type %s that kk tokenize reads', async (type, kind, vocab) => {
    const out = `${type}.json`;
    const { exitCode, last } = await kk(['tokenizer', 'train', '--data', 'text.txt', '--type', type, ...(vocab ? ['--vocab', vocab] : []), '--out', out, '--json'], { cwd });
    expect(exitCode).toBe(0);
    expect(last()).toMatchObject({ kind, out: join(cwd, out) });
    if (vocab) expect(last().vocabSize).toBe(Number(vocab));
    const tokenizer = await loadTokenizer(join(cwd, out));
    const { last: tokens } = await kk(['tokenize', '--data', 'text.txt', '--tokenizer', out, '--json'], { cwd });
    expect(tokens().ids).toEqual(tokenizer.encode(babble(2000)));
    expect(tokens().ids).toHaveLength(last().tokens as number);
  });

  it('says when the text has fewer tokens than were asked for', async () => {
    const args = ['tokenizer', 'train', 'text.txt', '--vocab', '5000', '--force', '--out', 'short.json'];
    const { vocabSize, requestedVocabSize } = (await kk([...args, '--json'], { cwd })).last();
    expect(requestedVocabSize).toBe(5000);
    expect(vocabSize).toBeLessThan(5000);
    expect((await kk(args, { cwd })).stdout).toMatch(/Asked for +5,000 tokens; the text has no more/);
    expect((await kk(['tokenizer', 'train', 'text.txt', '--vocab', '280', '--out', 'enough.json'], { cwd })).stdout).not.toContain('Asked for');
  });

  it.each([['bpe', 'vocab.json'], ['unigram', 'x.model'], ['wordpiece', 'x.txt']])('writes %s as %s, which refuses other types', async (type, out) => {
    const args = (other: string): string[] => ['tokenizer', 'train', 'text.txt', '--type', other, '--vocab', '300', '--out', `formats/${out}`];
    for (const other of ['bpe', 'unigram', 'wordpiece', 'word'].filter((name) => name !== type)) {
      expect(await kk(args(other), { cwd })).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(`formats/${out} cannot hold a tokenizer of type ${other}.\n    Name a .json file, which holds any, or take --type ${type}.`) });
    }
    expect((await kk([...args(type).filter((word) => word !== '--vocab' && word !== '300'), '--vocab', '280'], { cwd })).stderr).not.toContain('cannot hold');
  });

  it('replaces a file only when told to', async () => {
    const args = ['tokenizer', 'train', '--data', 'text.txt', '--type', 'char', '--out', 'twice'];
    expect((await kk(args, { cwd })).stdout).toContain('twice/tokenizer.json');
    expect((await kk(args, { cwd })).exitCode).toBe(1);
    expect((await kk([...args, '--force'], { cwd })).exitCode).toBe(0);
  });
});

describe('kk tokenizer inspect', () => {
  it('tells what a tokenizer is made of', async () => {
    await kk(['tokenizer', 'train', '--data', 'text.txt', '--type', 'wordpiece', '--vocab', '60', '--out', 'inspected.json'], { cwd });
    const { exitCode, last } = await kk(['tokenizer', 'inspect', 'inspected.json', '--json'], { cwd });
    expect(exitCode).toBe(0);
    expect(last()).toMatchObject({ kind: 'word-piece', normalizer: 'BertNormalizer', preTokenizer: 'BertPreTokenizer', model: 'WordPiece', postProcessor: 'BertProcessing', decoder: 'WordPiece', specialTokens: { '[PAD]': 0, '[MASK]': 4 } });
    const { stdout } = await kk(['tokenizer', 'inspect', 'inspected.json'], { cwd });
    expect(stdout).toContain('WordPiece with');
    expect(stdout).toContain('[CLS] 2');
    expect((await kk(['tokenizer', 'inspect', 'gpt2'])).stdout).toContain('50,257');
  });

  it('says when there is none', async () => {
    const { exitCode, stderr } = await kk(['tokenizer', 'inspect', 'nothing.json'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('nothing.json');
    expect((await kk(['tokenizer', 'inspect'])).exitCode).toBe(2);
  });
});

describe('kk tokenizer convert', () => {
  it.each([
    ['unigram', 'my.model'],
    ['wordpiece', 'vocab.txt'],
    ['bpe', 'gpt2-files/vocab.json'],
  ])('writes %s as %s, and back', async (type, other) => {
    const vocab = { unigram: '30', wordpiece: '60', bpe: '280' }[type] as string;
    await kk(['tokenizer', 'train', '--data', 'text.txt', '--type', type, '--vocab', vocab, '--out', `convert-${type}.json`], { cwd });
    const { exitCode, last } = await kk(['tokenizer', 'convert', `convert-${type}.json`, other, '--json'], { cwd });
    expect(exitCode).toBe(0);
    expect(last().out).toBe(join(cwd, other));
    expect((await kk(['tokenizer', 'convert', other, `back-${type}`], { cwd })).stdout).toContain(`back-${type}/tokenizer.json`);
    const ids = async (file: string): Promise<unknown> => (await kk(['tokenize', '--data', 'text.txt', '--tokenizer', file, '--json'], { cwd })).last().ids;
    expect(await ids(`back-${type}`)).toEqual(await ids(`convert-${type}.json`));
  });

  it('refuses what a format cannot hold, and files that are there', async () => {
    const { exitCode, stderr } = await kk(['tokenizer', 'convert', 'gpt2', 'gpt2.model'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Save it as tokenizer.json');
    await kk(['tokenizer', 'convert', 'gpt2', 'gpt2.tiktoken'], { cwd });
    expect((await kk(['tokenizer', 'convert', 'gpt2', 'gpt2.tiktoken'], { cwd })).stderr).toContain('is there already');
    expect((await kk(['tokenizer', 'convert', 'gpt2', 'gpt2.tiktoken', '--force'], { cwd })).exitCode).toBe(0);
    expect((await kk(['tokenizer', 'convert', 'gpt2'], { cwd })).exitCode).toBe(2);
  });
});

describe('kk corpus write', () => {
  it('writes piece by piece what the library writes at once, says how far it is, and leaves nothing when stopped', async () => {
    const argv = ['corpus', 'write', '--lang', 'de', '--bytes', '300kB', '--out'];
    const whole = await kk([...argv, 'whole.txt'], { cwd, columns: 80 });
    expect(readFileSync(join(cwd, 'whole.txt'), 'utf8')).toBe(writeStories('de', { bytes: 300_000, seed: 1 }));
    expect(whole.stderr).toMatch(/ writing, \d+%, .* left/);
    const controller = new AbortController();
    const stopped = await kk([...argv, 'stopped.txt'], { cwd, columns: 80, onStderr: () => controller.abort(new Interrupted('Stopped.')), interrupt: controller.signal });
    expect(stopped.exitCode).toBe(130);
    expect(readdirSync(cwd).filter((name) => name.includes('stopped'))).toEqual([]);
  });

  it('writes stories of about the size asked for, the same for the same seed', async () => {
    const { exitCode, last } = await kk(['corpus', 'write', '--lang', 'de', '--bytes', '20kB', '--out', 'sub/de.txt', '--json'], { cwd });
    expect(exitCode).toBe(0);
    const text = readFileSync(join(cwd, 'sub', 'de.txt'), 'utf8');
    expect(last()).toMatchObject({ language: 'de', bytes: Buffer.byteLength(text), characters: [...text].length, seed: 1 });
    expect(Buffer.byteLength(text)).toBeGreaterThan(18_000);
    expect(Buffer.byteLength(text)).toBeLessThan(24_000);
    expect(last().entropyPerCharacter).toBeGreaterThan(0.02);
    expect(last().entropyPerCharacter).toBeLessThan(1);
    const again = await kk(['corpus', 'write', '--lang', 'de', '--bytes', '20kB']);
    expect(again.stdout).toBe(text);
    expect((await kk(['corpus', 'write', '--lang', 'de', '--bytes', '20kB', '--seed', '2'])).stdout).not.toBe(text);
    expect((await kk(['corpus', 'write', '--lang', 'en', '--bytes', '20kB'])).stdout).not.toBe(text);
  });

  it('says what to do with it', async () => {
    expect((await kk(['corpus', 'write', '--bytes', '2kB', '--out', 's.txt'], { cwd })).stdout).toContain('kk train s.txt');
  });
});

describe('kk corpus write --kind', () => {
  it('knows every style', () => {
    expect(STYLES).toEqual(styles);
  });

  it.each(KINDS.filter((kind) => kind !== 'stories' && kind !== 'arithmetic' && !isPreferred(kind)))('writes examples that a tuning reads: %s', async (kind) => {
    const folder = temporaryFolder();
    const count = isDrawn(kind) ? ['--count', '60'] : [];
    const written = await kk(['corpus', 'write', '--kind', kind, '--lang', 'de', ...count, '--out', 'examples.jsonl', '--json'], { cwd: folder });
    expect([written.exitCode, written.stderr]).toEqual([0, '']);
    const examples: ConversationExample[] = [];
    for await (const { example } of readExampleFile(join(folder, 'examples.jsonl'))) examples.push(example as ConversationExample);
    expect(written.last()).toMatchObject({ kind, language: 'de', examples: examples.length });
    expect(examples).toHaveLength(isDrawn(kind) ? 60 : 20);
    const turns = examples.map(({ messages }) => messages.map(({ role }) => role).join(' '));
    if (kind === 'conversations') expect(Math.max(...examples.map(({ messages }) => messages.length))).toBeGreaterThan(2);
    else expect(new Set(turns)).toEqual(new Set(['user assistant']));
    expect((await kk(['corpus', 'write', '--kind', kind, '--lang', 'de', ...count], { cwd: folder })).stdout).toBe(readFileSync(join(folder, 'examples.jsonl'), 'utf8'));
  });

  it('writes arithmetic with one right answer to each prompt', async () => {
    const folder = temporaryFolder();
    const written = await kk(['corpus', 'write', '--kind', 'arithmetic', '--lang', 'en', '--count', '200', '--out', 'sums.jsonl', '--json'], { cwd: folder });
    expect([written.exitCode, written.stderr]).toEqual([0, '']);
    expect(written.last()).toMatchObject({ kind: 'arithmetic', language: 'en', examples: 200, part: 'training', seed: 1 });
    const answers = new Map<string, string>();
    for await (const { prompt, answer } of readPromptFile(join(folder, 'sums.jsonl'))) {
      expect(answers.get(prompt as string) ?? answer).toBe(answer);
      answers.set(prompt as string, answer!);
    }
    for await (const { example } of readExampleFile(join(folder, 'sums.jsonl'))) {
      const { prompt, completion } = example as CompletionExample;
      expect(completion.trim()).toBe(answers.get(prompt));
      const [, a, b] = /^(\d+)\+(\d+)=$/.exec(prompt) ?? [];
      if (a !== undefined) expect(Number(completion)).toBe(Number(a) + Number(b));
    }
  });

  it('writes preferences and ratings by a rule', async () => {
    expect(RULES).toEqual(preferenceRules);
    const cwd = temporaryFolder();
    const written = await kk(['corpus', 'write', '--kind', 'preferences', '--lang', 'de', '--rule', 'speech', '--count', '8', '--out', 'pairs.jsonl', '--json'], { cwd });
    expect([written.exitCode, written.stderr]).toEqual([0, '']);
    expect(written.last()).toMatchObject({ kind: 'preferences', language: 'de', examples: 8, part: 'training', seed: 1, rule: 'speech' });
    const pairs: ConversationPreference[] = [];
    for await (const { preference } of readPreferenceFile(join(cwd, 'pairs.jsonl'))) pairs.push(preference as ConversationPreference);
    expect(pairs.map(({ chosen, rejected }) => [chosen, rejected].map((answer) => followsRule('de', 'speech', answer[0]!.content)))).toEqual(pairs.map(() => [true, false]));
    const ratings = (await kk(['corpus', 'write', '--kind', 'ratings', '--lang', 'de', '--rule', 'speech', '--count', '8'], { cwd })).stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { prompt: unknown; completion: { content: string }[]; label: boolean });
    expect(ratings.map(({ completion }) => followsRule('de', 'speech', completion[0]!.content))).toEqual(ratings.map(({ label }) => label));
    expect(ratings.map(({ prompt }) => prompt)).toEqual(pairs.map(({ prompt }) => prompt));
  });

  it('has other instructions to test with, and refuses options without effect', async () => {
    const write = (...argv: string[]) => kk(['corpus', 'write', '--lang', 'en', ...argv], { cwd: temporaryFolder() });
    const instructions = ['--kind', 'instructions', '--count', '5'];
    expect((await write(...instructions, '--part', 'test')).stdout).not.toBe((await write(...instructions)).stdout);
    expect((await write(...instructions, '--out', 'q.jsonl')).stdout).toMatch(/5 examples \([\d.]+\skB\) in q\.jsonl\n[\s\S]*kk finetune sft q\.jsonl --model DIR/);
    for (const [argv, said] of [
      [['--kind', 'pirate', '--count', '3'], '--count has no effect with --kind pirate.'],
      [['--kind', 'pirate', '--seed', '3'], '--seed has no effect with --kind pirate: its lines are always the same.'],
      [['--kind', 'conversations', '--bytes', '3kB'], '--bytes has no effect with --kind conversations.'],
      [['--kind', 'instructions', '--rule', 'joy'], '--rule has no effect with --kind instructions.'],
      [['--part', 'test'], '--part has no effect with --kind stories.'],
    ] as const) {
      const { exitCode, stderr } = await write(...argv);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining(said)]);
    }
  });
});
