// Every verb in a real terminal, wide and narrow: what stands on the screen when the command has ended.
//
// The screens are kept in node_modules/.cache/kk-screens/screens, to be looked at.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeStories } from '@kk/corpora';
import { allVerbs } from '../src/grammar/verbs-table.js';
import { serveFolder, type FolderServer } from './support/folder-server.js';
import { temporaryFolder, tiny } from './support/kk.js';
import { buildProgram, forgetScreens, hasPseudoTerminals, keepScreen, screenOf, type Screen } from './support/pseudo-terminal.js';

const OUT = 'model.OUT';
/** Where a server offers the folder of the tests. */
const SERVER = 'http://SERVER';
const german = 'de_DE.UTF-8';

interface Scene {
  argv: string[];
  locale?: string;
  /** Only at this width. */
  only?: number;
  /** What has to stand on the screen. */
  shows: RegExp;
  /** What has to appear, and what is typed then. */
  typed?: readonly (readonly [seen: RegExp, keys: string])[];
}

/** Few votes, by which a model learns twice. */
const votes = ['--model', 'answering', '--pairs', '8', '--votes', '2', '--steps', '10', '--max-tokens', '24'];

/** By verb. A file named OUT gets another name each time. */
const scenes: Record<string, Scene[]> = {
  train: [{ argv: ['train', '--data', 'stories.txt', ...tiny, '--out', OUT], shows: /Unseen text.*loss/ }],
  eval: [{ argv: ['eval', '--model', 'gpt', '--data', 'stories.txt'], shows: /Perplexity/ }],
  generate: [{ argv: ['generate', '--model', 'gpt', '--prompt', 'Once upon a time', '--max-tokens', '60', '--seed', '1'], shows: /^Once upon a time/ }],
  'finetune sft': [{ argv: ['finetune', 'sft', 'chats.jsonl', '--model', 'short', '--lora', '2', '--steps', '20', '--out', OUT], shows: /Talk with it/ }],
  'finetune dpo': [{ argv: ['finetune', 'dpo', 'pairs.jsonl', '--model', 'short', '--lora', '2', '--steps', '20', '--out', OUT], shows: /Talk with it/ }],
  'finetune orpo': [{ argv: ['finetune', 'orpo', 'pairs.jsonl', '--model', 'short', '--lora', '2', '--steps', '20', '--quiet', '--out', OUT], shows: /Unseen pairs/ }],
  'finetune simpo': [{ argv: ['finetune', 'simpo', 'pairs.jsonl', '--model', 'short', '--lora', '2', '--steps', '20', '--quiet', '--out', OUT], shows: /Unseen pairs/ }],
  'finetune kto': [{ argv: ['finetune', 'kto', 'ratings.jsonl', '--model', 'short', '--lora', '2', '--steps', '20', '--out', OUT], shows: /Talk with it/ }],
  'finetune reward': [{ argv: ['finetune', 'reward', 'pairs.jsonl', '--model', 'short', '--lora', '2', '--steps', '20', '--out', OUT], shows: /Unseen pairs/ }],
  'finetune grpo': [{ argv: ['finetune', 'grpo', 'prompts.jsonl', '--model', 'tuned', '--reward', 'judge', '--judge', 'exact', '--lora', '2', '--group-size', '4', '--max-tokens', '16', '--steps', '20', '--out', OUT], shows: /Talk with it/ }],
  'finetune ppo': [{ argv: ['finetune', 'ppo', 'prompts.jsonl', '--model', 'tuned', '--reward', 'judge', '--lora', '2', '--max-tokens', '16', '--max-kl', '0.0001', '--steps', '20', '--out', OUT], shows: /Stopped after step/ }],
  'finetune vote': [
    { argv: ['finetune', 'vote', 'chats.jsonl', ...votes, '--out', OUT], shows: /Talk with it/, typed: [[/leave\./, 'a'], [/leave\./, '\u007f'], [/leave\./, 'b'], [/leave\./, 'n'], [/leave\./, 'a'], [/least\s+sure[^]*leave\./, 'b'], [/leave\./, 'q']] },
    { argv: ['finetune', 'vote', 'chats.jsonl', ...votes, '--out', OUT], locale: german, shows: /Sprich mit ihm/, typed: [[/beenden\./, 'a'], [/beenden\./, '\u007f'], [/beenden\./, 'b'], [/beenden\./, 'n'], [/beenden\./, 'a'], [/unsichersten[^]*beenden\./, 'b'], [/beenden\./, 'q']] },
  ],
  merge: [{ argv: ['merge', 'adapter', '--out', OUT], shows: /Saved in +out-\d+/ }],
  report: [
    { argv: ['report', 'tuned', '--out', `${OUT}.html`], shows: /before/ },
    { argv: ['report', 'adapter', '--out', `${OUT}.md`], locale: german, shows: /vorher/ },
  ],
  download: [{ argv: ['download', `${SERVER}/gpt`, OUT], shows: /Saved in +out-\d+/ }],
  tokenize: [
    { argv: ['tokenize', 'Once upon a time, a little cat found a 猫 and 😀.', '--tokenizer', 'bpe.json'], shows: /characters per token/ },
    { argv: ['tokenize', 'Once upon a time, a little cat found a 猫 and 😀.', '--tokenizer', 'bpe.json', '--offsets'], shows: /<E7>/ },
  ],
  'tokenizer train': [{ argv: ['tokenizer', 'train', '--data', 'stories.txt', '--vocab', '400', '--out', `${OUT}.json`], shows: /Saved as/ }],
  'tokenizer inspect': [{ argv: ['tokenizer', 'inspect', 'bpe.json'], shows: /Special tokens/ }],
  'tokenizer convert': [{ argv: ['tokenizer', 'convert', 'bpe.json', `${OUT}.json`], shows: /Saved as/ }],
  'corpus write': [
    { argv: ['corpus', 'write', '--lang', 'en', '--bytes', '50kB', '--out', `${OUT}.txt`], shows: /characters \(50/ },
    { argv: ['corpus', 'write', '--lang', 'de', '--bytes', '1kB'], shows: /\w/ },
    { argv: ['corpus', 'write', '--kind', 'instructions', '--lang', 'en', '--count', '100', '--out', `${OUT}.jsonl`], shows: /100 examples \(/ },
    { argv: ['corpus', 'write', '--kind', 'preferences', '--lang', 'en', '--count', '20', '--out', `${OUT}.jsonl`], shows: /20 examples \(/ },
  ],
  'markov train': [{ argv: ['markov', 'train', '--data', 'stories.txt', '--order', '4', '--out', `${OUT}.markov`], shows: /n-grams/ }],
  'markov eval': [{ argv: ['markov', 'eval', '--model', 'words.markov', '--data', 'other.txt'], shows: /Perplexity/ }],
  'markov generate': [
    { argv: ['markov', 'generate', '--model', 'words.markov', '--seed', '1', '--prompt', 'Once upon a time'], shows: /^Once upon a time/ },
    { argv: ['markov', 'generate', '--model', 'words.markov', '--seed', '1', '--sources'], shows: /stories\.txt:\d/ },
  ],
  'markov inspect': [
    { argv: ['markov', 'inspect', 'words.markov'], shows: /Smoothing/ },
    { argv: ['markov', 'inspect', 'words.markov', '--context', 'Once upon'], shows: /Once·upon/ },
  ],
  'embed train': [{ argv: ['embed', 'train', '--data', 'stories.txt', '--subwords', '3-5', '--out', `${OUT}.safetensors`], shows: /N-grams +\d/ }],
  'embed neighbours': [
    { argv: ['embed', 'neighbours', 'words.safetensors', 'dog', 'forest'], shows: /^ {3}\w+ +█+/m },
    { argv: ['embed', 'neighbours', 'fasttext.bin', 'hundekatze', '--top', '3'], shows: /by its n-grams only/ },
  ],
  'embed analogy': [{ argv: ['embed', 'analogy', 'words.safetensors', 'man', 'king', 'woman', '--top', '4'], shows: /^ {3}queen +█+/m }],
  'embed odd': [{ argv: ['embed', 'odd', 'words.safetensors', 'dog', 'cat', 'horse', 'Monday'], shows: /^ Monday does not go with the others/m }],
  'embed similarity': [
    { argv: ['embed', 'similarity', 'words.safetensors', 'dog', 'cat', 'Monday'], shows: /^ dog – cat +█+/m },
    { argv: ['embed', 'similarity', 'words.safetensors', 'the dog sleeps in the barn', 'a qqq cat sleeps on the sofa'], shows: /left out: qqq/ },
  ],
  'embed eval': [{ argv: ['embed', 'eval', 'words.safetensors', '--analogies', 'analogies.txt', '--similarities', 'pairs.tsv', '--lang', 'en'], shows: /Spearman/ }],
  'embed project': [
    { argv: ['embed', 'project', 'words.safetensors', `${OUT}.html`, '--lang', 'en', '--method', 'umap'], shows: /150 words in out-\d+\.html/ },
    { argv: ['embed', 'project', 'words.safetensors', `${OUT}.svg`, '--near', 'dog', '--top', '20'], locale: german, shows: /20 words in out/ },
  ],
  'embed convert': [{ argv: ['embed', 'convert', 'fasttext.bin', `${OUT}.vec`], shows: /N-grams +left out/ }],
  'text stats': [
    { argv: ['text', 'stats', 'stories.txt'], shows: /Zipf exponent/ },
    { argv: ['text', 'stats', 'stories.txt', 'other.txt'], shows: /copied/ },
    { argv: ['text', 'stats', 'stories.txt', 'other.txt'], locale: german, shows: /Wörter/ },
    { argv: ['text', 'stats', 'stories.txt', 'other.txt', '--explain'], locale: german, shows: /^ Klumpung: ob ein Wort/m },
    { argv: ['text', 'stats', 'Märchen für die ganze Familie, Band 1.txt', 'Märchen für die ganze Familie, Band 2.txt'], shows: /B Märchen für die ganze Familie/ },
  ],
  // A script for a shell is not wrapped.
  completion: [{ argv: ['completion', 'bash'], only: 80, shows: /_kk_completion/ }],
  help: [{ argv: ['help'], shows: /Usage: kk/ }],
  bench: [{ argv: ['bench', '--seconds', '0.01'], shows: /GFLOP/ }],
  devices: [{ argv: ['devices'], shows: /wasm/ }],
  demo: [
    { argv: ['demo', '--seconds', '1', '--out', OUT], shows: /Behind the scenes/ },
    { argv: ['demo', '--seconds', '1', '--out', OUT], locale: german, shows: /Hinter den Kulissen/ },
  ],
};

/** Asks for more until it is left: its screens are in chat-terminal.test.ts. */
const CONVERSATION = 'chat';

/** One thread for each, as several run at once and their threads would wait for each other. */
const onOneThread = new Set(allVerbs().filter(({ options }) => options.some(({ long }) => long === '--threads')).map(({ path }) => path.replace(/^kk /, '')));

it('there is a screen of every verb', () => {
  expect([...Object.keys(scenes), CONVERSATION].sort()).toEqual(allVerbs().map(({ path }) => path.replace(/^kk /, '')).sort());
});

describe.skipIf(!hasPseudoTerminals)('screens (need util-linux: script, stty)', () => {
  let cwd: string;
  let program: string;
  let runs = 0;
  let server: FolderServer;

  const show = (argv: readonly string[], columns: number, { locale, typed }: Partial<Scene> = {}): Promise<Screen> => {
    const out = `out-${++runs}`;
    const threads = onOneThread.has(argv[0]!) || onOneThread.has(argv.slice(0, 2).join(' ')) ? ['--threads', '1'] : [];
    return screenOf([...argv, ...threads].map((word) => word.replace(OUT, out).replace(SERVER, server.url)), { program, cwd, columns, locale, typed });
  };

  beforeAll(async () => {
    forgetScreens();
    cwd = temporaryFolder();
    writeFileSync(join(cwd, 'stories.txt'), writeStories('en', { bytes: 60_000, seed: 1 }));
    writeFileSync(join(cwd, 'other.txt'), writeStories('en', { bytes: 20_000, seed: 2 }));
    for (const volume of [1, 2]) writeFileSync(join(cwd, `Märchen für die ganze Familie, Band ${volume}.txt`), writeStories('de', { bytes: 20_000, seed: volume }));
    const { subwords } = JSON.parse(readFileSync(new URL('../../embeddings/test/fixtures/fasttext.json', import.meta.url), 'utf8')) as { subwords: { file: string } };
    writeFileSync(join(cwd, 'fasttext.bin'), Buffer.from(subwords.file, 'base64'));
    writeFileSync(join(cwd, 'analogies.txt'), ': families of kings and queens\nking queen man woman\nman woman boy girl\nking queen boy nobody\n: opposites\nhot cold big small\n');
    writeFileSync(join(cwd, 'pairs.tsv'), 'dog\tcat\t8\nking\tqueen\t7\ndog\tMonday\t1\nking\tbread\t1\n');
    const chat = (name: string): string => JSON.stringify({ messages: [{ role: 'user', content: `Who is ${name}?` }, { role: 'assistant', content: `${name} is a cat.` }] });
    writeFileSync(join(cwd, 'chats.jsonl'), ['Anna', 'Ben', 'Clara', 'Dan', 'Eva', 'Finn', 'Greta', 'Hugo', 'Ida', 'Jim', 'Kim', 'Leo'].map(chat).join('\n'));
    writeFileSync(join(cwd, 'pairs.jsonl'), ['Anna', 'Ben', 'Clara', 'Dan', 'Eva', 'Finn', 'Greta', 'Hugo', 'Ida', 'Jim', 'Kim', 'Leo'].map((name) => JSON.stringify({ prompt: [{ role: 'user', content: `Who is ${name}?` }], chosen: [{ role: 'assistant', content: `${name} is a cat.` }], rejected: [{ role: 'assistant', content: 'Who knows?' }] })).join('\n'));
    writeFileSync(join(cwd, 'ratings.jsonl'), ['Anna', 'Ben', 'Clara', 'Dan', 'Eva', 'Finn', 'Greta', 'Hugo', 'Ida', 'Jim', 'Kim', 'Leo'].map((name, i) => JSON.stringify({ prompt: [{ role: 'user', content: `Who is ${name}?` }], completion: [{ role: 'assistant', content: i % 2 ? 'Who knows?' : `${name} is a cat.` }], label: i % 2 === 0 })).join('\n'));
    writeFileSync(join(cwd, 'prompts.jsonl'), ['Anna', 'Ben', 'Clara', 'Dan', 'Eva', 'Finn', 'Greta', 'Hugo', 'Ida', 'Jim', 'Kim', 'Leo'].map((name) => JSON.stringify({ prompt: [{ role: 'user', content: `Who is ${name}?` }], answer: `${name} is a cat.` })).join('\n'));
    server = await serveFolder(cwd);
    program = await buildProgram();
    for (const argv of [
      ['tokenizer', 'train', '--data', 'stories.txt', '--vocab', '400', '--out', 'bpe.json'],
      ['train', '--data', 'stories.txt', ...tiny, '--tokenizer', 'bpe.json', '--out', 'gpt'],
      ['train', '--data', 'stories.txt', ...tiny, '--context', '64', '--tokenizer', 'bpe.json', '--out', 'short'],
      ['finetune', 'sft', 'chats.jsonl', '--model', 'short', '--steps', '20', '--out', 'tuned'],
      ['finetune', 'sft', 'chats.jsonl', '--model', 'short', '--lora', '2', '--steps', '20', '--out', 'adapter'],
      ['finetune', 'reward', 'pairs.jsonl', '--model', 'tuned', '--lora', '2', '--steps', '20', '--out', 'judge'],
      ['finetune', 'sft', 'chats.jsonl', '--model', 'short', '--steps', '120', '--batch', '12', '--held-out', '0', '--lr', '0.01', '--out', 'answering'],
      ['markov', 'train', '--data', 'stories.txt', '--unit', 'word', '--order', '2', '--out', 'words.markov'],
      ['embed', 'train', '--lang', 'en', '--out', 'words.safetensors'],
    ]) {
      const { exitCode, text } = await show(argv, 80);
      expect(exitCode, text).toBe(0);
    }
  });

  afterAll(() => server.stop());

  describe.concurrent.each([80, 40])('at %i columns', (columns) => {
    const all = Object.entries(scenes).flatMap(([verb, list]) => list.map((scene, at) => ({ name: `${verb}${list.length > 1 ? ` ${at + 1}` : ''}`, ...scene })));
    it.each(all.filter(({ only = columns }) => only === columns))('kk $name', async ({ name, argv, shows, ...scene }) => {
      const screen = await show(argv, columns, scene);
      keepScreen(`${name.replaceAll(' ', '-')}-${columns}`, screen);
      expect(screen.exitCode, screen.text).toBe(0);
      expect(screen.text).toMatch(shows);
      expectTidy(screen);
    });
  });
});

function expectTidy({ lines, text }: Screen): void {
  expect(text, 'visible control characters').not.toMatch(/␛\[|\[\d*m/);
  expect(text, 'words of the program').not.toMatch(/NaN|undefined|(?<!\/dev\/)\bnull\b|\[object|\.tmp\b/);
  expect(text, 'progress that was left').not.toMatch(/^ *(reading|counting|training(?! step\b)|saving|asking|drawing|looking|Looking at|Measuring|measuring|messe)\b.*(%|\.\.\.)/m);
  expect(lines.filter(({ wrapped }) => wrapped).map(({ text: line }) => line), 'lines that the terminal broke').toEqual([]);
}
