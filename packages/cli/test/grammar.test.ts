// One grammar for all verbs: bare arguments, standard input, prompts from a pipe, languages, and options without effect.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { kk, temporaryFolder, tiny } from './support/kk.js';
import { babble } from './support/texts.js';

let cwd: string;

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(2000));
  writeFileSync(join(cwd, 'other.txt'), babble(1000));
  expect((await kk(['train', '--data', 'text.txt', ...tiny, '--out', 'gpt', '--quiet'], { cwd })).exitCode).toBe(0);
  expect((await kk(['markov', 'train', '--data', 'text.txt', '--out', 'chain'], { cwd })).exitCode).toBe(0);
  expect((await kk(['embed', 'train', '--lang', 'en', '--epochs', '1', '--out', 'words'], { cwd })).exitCode).toBe(0);
});

describe('a bare argument', () => {
  it.each([
    [['eval', 'gpt', '--data', 'other.txt'], ['eval', '--model', 'gpt', '--data', 'other.txt']],
    [['generate', 'gpt', '--temperature', '0', '--max-tokens', '5'], ['generate', '--model', 'gpt', '--temperature', '0', '--max-tokens', '5']],
    [['tokenizer', 'inspect', 'gpt'], ['tokenizer', 'inspect', '--tokenizer', 'gpt']],
    [['markov', 'eval', 'chain', '--data', 'other.txt'], ['markov', 'eval', '--model', 'chain', '--data', 'other.txt']],
    [['markov', 'generate', 'chain', '--temperature', '0'], ['markov', 'generate', '--model', 'chain', '--temperature', '0']],
    [['markov', 'inspect', 'chain'], ['markov', 'inspect', '--model', 'chain']],
    [['embed', 'neighbours', 'words', 'dog', 'cat'], ['embed', 'neighbours', '--model', 'words', '--words', 'dog', 'cat']],
    [['embed', 'analogy', 'words', 'man', 'king', 'woman'], ['embed', 'analogy', '--words', 'man', 'king', 'woman', '--model', 'words']],
    [['embed', 'similarity', 'words', 'man', 'the king'], ['embed', 'similarity', '--model', 'words', '--words', 'man', 'the king']],
    [['embed', 'eval', 'words', '--lang', 'en'], ['embed', 'eval', '--model', 'words', '--lang', 'en']],
    [['embed', 'odd', '--model', 'words', 'man', 'king', 'woman'], ['embed', 'odd', 'words', '--words', 'man', 'king', 'woman']],
    [['text', 'stats', 'text.txt', 'other.txt', '--order', '2'], ['text', 'stats', '--data', 'text.txt', 'other.txt', '--order', '2']],
  ])('%j stands for its option', async (bare, named) => {
    const [one, other] = [await kk(bare, { cwd }), await kk(named, { cwd })];
    expect(one).toMatchObject({ exitCode: 0, stdout: other.stdout });
    expect(one.stdout).not.toBe('');
  });

  it.each([
    [['train', 'text.txt', 'other.txt', ...tiny, '--quiet'], '--out', 'made', join('made', 'model.safetensors')],
    [['tokenizer', 'train', 'text.txt', '--vocab', '300'], '--out', 'made.json', 'made.json'],
    [['tokenizer', 'convert', 'gpt', 'converted.json'], '--json', '', 'converted.json'],
    [['tokenizer', 'convert', '--tokenizer', 'gpt', 'converted2.json'], '--json', '', 'converted2.json'],
    [['embed', 'train', 'text.txt', 'other.txt', '--epochs', '1', '--json'], '--out', 'made.vec', 'made.vec'],
    [['embed', 'convert', 'words', 'converted.bin'], '--json', '', 'converted.bin'],
    [['embed', 'project', 'words', 'map.svg'], '--json', '', 'map.svg'],
    [['markov', 'train', 'text.txt', 'other.txt:2', '--json'], '--out', 'made.markov', 'made.markov'],
  ])('%j %s writes its file', async (argv, option, value, file) => {
    expect(await kk([...argv, option, ...(value ? [value] : [])], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(existsSync(join(cwd, file))).toBe(true);
  });

  it.each([
    [['eval', 'gpt', '--model', 'gpt', '--data', 'text.txt'], /'gpt' stands for --model, which is given too/],
    [['embed', 'odd', 'words', 'a', '--words', 'b'], /'a' stands for --words, which is given too/],
    [['train', 'text.txt', '--data', 'text.txt'], /'text.txt' stands for --data, which is given too/],
    [['text', 'stats', 'text.txt', '--data', 'text.txt'], /stands for --data/],
    [['tokenizer', 'convert', 'gpt', 'x.json', '--out', 'y.json'], /'x.json' stands for --out/],
    [['tokenize', 'text', '--data', 'text.txt'], /A text and --data cannot be given together/],
    [['tokenizer', 'inspect', 'bpe:3'], /'bpe:3' is invalid for --tokenizer TOKENIZER. Expected a vocabulary/],
  ])('%j is an error', async (argv, words) => {
    const { exitCode, stdout, stderr } = await kk(argv, { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(words);
  });
});

describe('standard input', () => {
  const input = babble(2000);

  it.each([
    [['tokenize', '-', '--tokenizer', 'word'], ['tokenize', '--data', 'text.txt', '--tokenizer', 'word']],
    [['tokenize', '--data', '-', '--tokenizer', 'word'], ['tokenize', '--data', 'text.txt', '--tokenizer', 'word']],
    [['eval', 'gpt', '--data', '-'], ['eval', 'gpt', '--data', 'text.txt']],
    [['markov', 'eval', 'chain', '--data', '-'], ['markov', 'eval', 'chain', '--data', 'text.txt']],
    [['text', 'stats', 'other.txt', '-', '--order', '1', '--equal'], ['text', 'stats', 'other.txt', 'text.txt', '--order', '1', '--equal']],
  ])('%j reads it', async (argv, named) => {
    const [one, other] = [await kk([...argv, '--json'], { cwd, input }), await kk([...named, '--json'], { cwd })];
    expect(one.exitCode).toBe(0);
    expect({ ...one.last(), path: undefined }).toEqual({ ...other.last(), path: undefined });
  });

  it('trains models', async () => {
    expect((await kk(['train', '-', ...tiny, '--quiet'], { cwd, input })).exitCode).toBe(0);
    const weights = (folder: string): Buffer => readFileSync(join(cwd, folder, 'model.safetensors'));
    expect(weights(join('runs', 'stdin')).equals(weights('gpt'))).toBe(true);
    expect((await kk(['markov', 'train', '-'], { cwd, input })).stdout).toContain('runs/stdin.markov');
    expect((await kk(['embed', 'train', '-', '--epochs', '1'], { cwd, input })).stdout).toContain('runs/stdin.safetensors');
    expect((await kk(['tokenizer', 'train', '-', '--out', 'piped.json', '--vocab', '300', '--json'], { cwd, input })).last()).toMatchObject({ characters: 2000 });
  });

  it('is an error where it is empty', async () => {
    expect(await kk(['markov', 'train', '-', '--out', 'never'], { cwd, input: '' })).toMatchObject({ exitCode: 1, stderr: 'kk: Standard input is empty; expected a text.\n' });
  });

  it.each([
    ['kk generate', ['generate', 'gpt', '--temperature', '0', '--max-tokens', '5', '--json']],
    ['kk markov generate', ['markov', 'generate', 'chain', '--temperature', '0', '--max-tokens', '5', '--json']],
  ])('that is piped into %s is the prompt', async (_, argv) => {
    const prompt = async (more: string[], piped?: string): Promise<unknown> => {
      const { stderr, last } = await kk([...argv, ...more], { cwd, input: piped });
      expect(stderr).toBe('');
      return last().prompt;
    };
    const none = await prompt([]);
    expect(await prompt([], 'the tree\n')).toBe('the tree');
    expect(await prompt(['--prompt', '-'], 'the tree\r\n')).toBe('the tree');
    expect(await prompt([], '')).toBe(none);
    expect(await prompt([], '\n')).toBe(none);
    expect(await prompt(['--prompt', 'a tree'], 'the tree')).toBe('a tree');
  });
});

describe('an option without effect', () => {
  it.each<[string, string[]]>([
    ['--draft-length has no effect without --draft.', ['generate', 'gpt', '--draft-length', '3']],
    ['--threads has no effect with --device cpu.', ['eval', 'gpt', '--data', 'text.txt', '--device', 'cpu', '--threads', '2']],
    ['--threads has no effect with --device gpu.', ['train', 'text.txt', '--device', 'gpu', '--threads', '2']],
    ['--top-k has no effect with --temperature 0.', ['generate', 'gpt', '--temperature', '0', '--top-k', '3']],
    ['--top-p has no effect with --temperature 0.', ['generate', 'gpt', '--temperature', '0', '--top-p', '0.3']],
    ['--min-p has no effect with --temperature 0.', ['generate', 'gpt', '--temperature', '0', '--min-p', '0.3']],
    ['--typical-p has no effect with --temperature 0.', ['generate', 'gpt', '--temperature', '0', '--typical-p', '0.3']],
    ['--top-h has no effect with --temperature 0.', ['generate', 'gpt', '--temperature', '0', '--top-h', '0.3']],
    ['--epsilon-cutoff has no effect with --temperature 0.', ['generate', 'gpt', '--temperature', '0', '--epsilon-cutoff', '0.3']],
    ['--eta-cutoff has no effect with --temperature 0.', ['generate', 'gpt', '--temperature', '0', '--eta-cutoff', '0.3']],
    ['--seed has no effect with --temperature 0.', ['generate', 'gpt', '--temperature', '0', '--seed', '3']],
    ['--regex cannot be given with --grammar.', ['generate', 'gpt', '--regex', 'a', '--grammar', 'g']],
    ['--regex cannot be given with --json-schema.', ['generate', 'gpt', '--regex', 'a', '--json-schema', 'g']],
    ['--seed has no effect with --temperature 0.', ['markov', 'generate', 'chain', '--temperature', '0', '--seed', '3']],
    ['--top-k has no effect with --temperature 0.', ['markov', 'generate', 'chain', '--temperature', '0', '--top-k', '3']],
    ['--top has no effect without --context.', ['markov', 'inspect', 'chain', '--top', '3']],
    ['--smoothing has no effect with x.arpa: an .arpa file has probabilities and no counts.', ['markov', 'eval', 'x.arpa', '--data', 'text.txt', '--smoothing', 'mle']],
    ['--smoothing has no effect with x.arpa: an .arpa file has probabilities and no counts.', ['markov', 'inspect', 'x.arpa', '--smoothing', 'mle']],
    ['--unit has no effect with chain: only .arpa files do not know their unit.', ['markov', 'generate', 'chain', '--unit', 'char']],
    ['--no-texts has no effect with an .arpa file: it never keeps them.', ['markov', 'train', 'text.txt', '--no-texts', '--out', 'x.arpa']],
    ['--offsets cannot be given with --count.', ['tokenize', 'a', '--offsets', '--count']],
    ['--lang has no effect with this --tokenizer: it is not learned from stories.', ['tokenize', 'a', '--tokenizer', 'gpt2', '--lang', 'de']],
    ['--vocab has no effect with --type char.', ['tokenizer', 'train', 'text.txt', '--type', 'char', '--vocab', '300', '--out', 'x.json']],
    ['--pattern has no effect with gpt2: it is for .tiktoken files.', ['tokenizer', 'convert', 'gpt2', 'x.json', '--pattern', 'a']],
    ['--cased has no effect with x.model: it is for .txt files.', ['tokenizer', 'convert', 'x.model', 'x.json', '--cased']],
    ['--json has no effect without --out.', ['corpus', 'write', '--json']],
    ['--force has no effect without --out.', ['corpus', 'write', '--force']],
    ['--unit has no effect with --lang de.', ['embed', 'train', '--lang', 'de', '--unit', 'word']],
    ['--cased has no effect with --lang de.', ['embed', 'train', '--lang', 'de', '--cased']],
    ['--lang cannot be given with --data.', ['embed', 'train', 'text.txt', '--lang', 'de']],
    ['--loss has no effect with --method glove.', ['embed', 'train', 'text.txt', '--method', 'glove', '--loss', 'hierarchical-softmax']],
    ['--subwords has no effect with --method ppmi.', ['embed', 'train', 'text.txt', '--method', 'ppmi', '--subwords', '3-6']],
    ['--epochs has no effect with --method ppmi.', ['embed', 'train', 'text.txt', '--method', 'ppmi', '--epochs', '3']],
    ['--negatives has no effect with --loss hierarchical-softmax.', ['embed', 'train', 'text.txt', '--loss', 'hierarchical-softmax', '--negatives', '3']],
    ['--buckets has no effect without --subwords.', ['embed', 'train', 'text.txt', '--buckets', '3']],
    ['--seed has no effect with --threads 2: two runs differ, whatever the seed.', ['embed', 'train', 'text.txt', '--threads', '2', '--seed', '3']],
    ['--method has no effect without --analogies.', ['embed', 'eval', 'words', '--lang', 'en', '--method', 'multiply']],
    ["--cased has no effect with the course's questions alone.", ['embed', 'eval', 'words', '--lang', 'en', '--cased']],
    ['--digits has no effect with x.bin.gz: its numbers are no text.', ['embed', 'convert', 'words', 'x.bin.gz', '--digits', '3']],
    ['--x has no effect without --y.', ['embed', 'project', 'words', 'x.svg', '--x', 'a:b']],
    ['--method cannot be given with --x.', ['embed', 'project', 'words', 'x.svg', '--x', 'a:b', '--y', 'c:d', '--method', 'umap']],
    ['--top cannot be given with --words.', ['embed', 'project', 'words', 'x.svg', '--words', 'a', '--top', '5']],
    ['--seed has no effect with --method pca and --groups 1: nothing is left to chance.', ['embed', 'project', 'words', 'x.svg', '--groups', '1', '--seed', '5']],
    ['--minus cannot be given with --words.', ['embed', 'analogy', 'words', 'a', 'b', 'c', '--minus', 'd']],
    ['--equal has no effect with one text.', ['text', 'stats', 'text.txt', '--equal']],
    ['--ui-lang cannot be given with --json.', ['text', 'stats', 'text.txt', '--json', '--ui-lang', 'de']],
    ['--ids cannot be given with --data.', ['eval', 'gpt', '--ids', '1,2', '--data', 'text.txt']],
  ])('%s', async (message, argv) => {
    const { exitCode, stdout, stderr } = await kk(argv, { cwd });
    expect({ exitCode, stdout, message: stderr.split('\n')[0] }).toEqual({ exitCode: 2, stdout: '', message: `kk: ${message}` });
    expect(stderr.split('\n')[1]).toMatch(/^ {4}(Leave|Give) /);
  });
});

describe('language', () => {
  it('of the words is that of the system, or --ui-lang', async () => {
    const argv = ['text', 'stats', 'text.txt', '--order', '1'];
    const german = await kk(argv, { cwd, env: { LANG: 'de_DE.UTF-8' } });
    expect(german.stdout).toContain('verschiedene Wörter');
    expect((await kk([...argv, '--ui-lang', 'de'], { cwd })).stdout).toBe(german.stdout);
    expect((await kk([...argv, '--ui-lang', 'en'], { cwd, env: { LANG: 'de_DE.UTF-8' } })).stdout).toContain('different words');
    expect((await kk([...argv, '--lang', 'de'], { cwd })).stdout).toContain('different words');
  });

  it('of errors and help is English', async () => {
    const env = { LANG: 'de_DE.UTF-8' };
    for (const verb of [['text', 'stats'], ['demo']]) {
      const [german, english] = [await kk([...verb, '--help'], { cwd, env }), await kk([...verb, '--help'], { cwd })];
      expect(german.stdout).toBe(english.stdout);
    }
    const [german, english] = [await kk(['text', 'stats', 'missing.txt'], { cwd, env }), await kk(['text', 'stats', 'missing.txt'], { cwd })];
    expect(german).toMatchObject({ exitCode: 1, stderr: english.stderr });
  });

  it('of stories is that of the system, or --lang: every verb with stories says so in its help and its output', async () => {
    const argv = ['tokenize', 'Es war einmal', '--tokenizer', 'bpe:300'];
    for (const verb of [['tokenize'], ['corpus', 'write'], ['demo']]) {
      expect((await kk([...verb, '--help'], { cwd })).stdout.replace(/\s+/g, ' ')).toMatch(/--lang <lang> [^-]*\(default: de where the system's language is German, else en\)/);
    }
    const [german, english] = [await kk([...argv, '--json'], { cwd, env: { LANG: 'de_DE.UTF-8' } }), await kk([...argv, '--json'], { cwd })];
    expect([german.last().language, english.last().language]).toEqual(['de', 'en']);
    expect(german.last().ids).not.toEqual(english.last().ids);
    expect((await kk(argv, { cwd, env: { LANG: 'de_DE.UTF-8' } })).stdout).toContain('learned from German stories');
    expect((await kk(['tokenize', 'Es war einmal', '--tokenizer', 'char', '--json'], { cwd })).last()).not.toHaveProperty('language');
  });
});

it('corpus write replaces a file only with --force', async () => {
  const argv = ['corpus', 'write', '--bytes', '2kB', '--lang', 'en', '--out', 'stories.txt'];
  expect((await kk(argv, { cwd })).exitCode).toBe(0);
  const before = readFileSync(join(cwd, 'stories.txt'), 'utf8');
  expect(await kk([...argv, '--seed', '2'], { cwd })).toMatchObject({ exitCode: 1, stdout: '', stderr: 'kk: stories.txt is there already.\n    Replace it with --force, or choose another --out.\n' });
  expect(readFileSync(join(cwd, 'stories.txt'), 'utf8')).toBe(before);
  expect((await kk([...argv, '--seed', '2', '--force'], { cwd })).exitCode).toBe(0);
  expect(readFileSync(join(cwd, 'stories.txt'), 'utf8')).not.toBe(before);
});

it('an order is said with the length of its n-grams', async () => {
  expect((await kk(['markov', 'inspect', 'chain'], { cwd })).stdout).toContain('looks 5 characters back: n-grams of 6');
});
