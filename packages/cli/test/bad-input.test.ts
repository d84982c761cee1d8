import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { kk, temporaryFolder, tiny, type Result } from './support/kk.js';
import { babble } from './support/texts.js';

let cwd: string;

beforeAll(async () => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'text.txt'), babble(2000));
  writeFileSync(join(cwd, 'empty.txt'), '');
  writeFileSync(join(cwd, 'short.txt'), 'abc');
  writeFileSync(join(cwd, 'letter.txt'), 'a');
  for (const ending of ['txt', 'json']) writeFileSync(join(cwd, `lines.${ending}`), 'one\n\ntwo\n');
  writeFileSync(join(cwd, 'latin1.txt'), Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]));
  writeFileSync(join(cwd, 'file'), 'in the way');
  mkdirSync(join(cwd, 'folder'));
  mkdirSync(join(cwd, 'pickled'));
  expect((await kk(['train', '--data', 'text.txt', ...tiny, '--out', 'model', '--quiet'], { cwd })).exitCode).toBe(0);
  cpSync(join(cwd, 'model', 'config.json'), join(cwd, 'pickled', 'config.json'));
  writeFileSync(join(cwd, 'pickled', 'pytorch_model.bin'), 'pickle');
  symlinkSync('nowhere', join(cwd, 'dangling'));
  // Models whose tokenizer is that of another one: with far fewer tokens than the model, and with some fewer.
  for (const [folder, tokenizer] of [['mixed', 'bpe:300'], ['filled-up', 'wordpiece:40']]) {
    expect((await kk(['train', '--data', 'text.txt', ...tiny, '--tokenizer', tokenizer, '--out', folder, '--quiet'], { cwd })).exitCode).toBe(0);
    cpSync(join(cwd, 'model', 'tokenizer.json'), join(cwd, folder, 'tokenizer.json'));
  }
});

/** One line that begins with `kk:`, possibly a hint below it, and no stack. */
function expectOneLine({ stdout, stderr }: Result, words: RegExp): void {
  expect(stdout).toBe('');
  const lines = stderr.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(2);
  expect(lines[0]).toMatch(/^kk: /);
  if (lines.length > 1) expect(lines[1]).toMatch(/^ {4}\S/);
  expect(stderr).toMatch(words);
  expect(stderr).not.toMatch(/\n\s+at /);
}

// Without `--quiet`, what takes more than five seconds on a busy machine shows its progress above the error.
const train = (...more: string[]): string[] => ['train', '--out', 'never', ...tiny, '--quiet', ...more];

describe('bad input', () => {
  // What is wrong, the command line, the exit code, the message, and the hint below it.
  it.each<[string, string[], number, RegExp, string?]>([
    ['no data', train(), 2, /kk train needs --data FILE\.\.\. or --resume DIR/, 'For a text to try: kk corpus write --lang en --bytes 1MB --out stories.txt'],
    ['a missing file', train('--data', 'missing.txt'), 1, /missing\.txt/],
    ['an empty file', train('--data', 'empty.txt'), 1, /empty\.txt.*empty/],
    ['one empty file among others', train('--data', 'text.txt', 'empty.txt'), 1, /empty\.txt.*empty/],
    ['a folder as a file', train('--data', 'folder'), 1, /folder/],
    ['bytes that are no UTF-8', train('--data', 'latin1.txt'), 1, /latin1\.txt.*UTF-8/],
    ['a text shorter than one context', train('--data', 'short.txt'), 1, /2 tokens, but one context of 16 needs 17/, 'Give more text, or a shorter --context.'],
    ['a width that the heads do not divide', train('--data', 'text.txt', '--width', '130', '--heads', '4'), 2, /--width 130 cannot be split into --heads 4/, 'For example --width 128 or --width 132.'],
    ['a model beyond all memory', train('--data', 'text.txt', '--width', '65536', '--layers', '1000'), 2, /parameters would need about .* GB/, 'Choose a smaller --width, --layers, --context, --batch or vocabulary.'],
    ['no steps', train('--data', 'text.txt', '--steps', '0'), 2, /--steps.*Expected a whole number from 1/, 'See kk train --help'],
    ['a learning rate that is no number', train('--data', 'text.txt', '--lr', 'fast'), 2, /--lr.*Expected a number above 0/, 'See kk train --help'],
    ['a learning rate of nothing', train('--data', 'text.txt', '--lr', '0'), 2, /--lr.*Expected a number above 0\./, 'See kk train --help'],
    ['a learning rate that rises', train('--data', 'text.txt', '--lr', '0.001', '--min-lr', '0.1'), 2, /--min-lr 0\.1 is above --lr 0\.001/, 'Give a smaller --min-lr.'],
    ['all text for validation', train('--data', 'text.txt', '--validation', '1'), 2, /--validation.*below 1/, 'See kk train --help'],
    ['an unknown device', train('--data', 'text.txt', '--device', 'quantum'), 2, /--device.*wasm, gpu, cpu, auto/, 'See kk train --help'],
    ['an unknown tokenizer', train('--data', 'text.txt', '--tokenizer', 'nothing-here'), 1, /nothing-here/],
    ['a vocabulary below the bytes', train('--data', 'text.txt', '--tokenizer', 'bpe:10'), 2, /Expected a vocabulary of 256/, 'See kk train --help'],
    ['a file where the folder should be', ['train', '--data', 'text.txt', ...tiny, '--out', 'file/model'], 1, /file\/model|file is in the way|ENOTDIR/, 'Choose another --out.'],
    ['no model named', ['eval', '--data', 'text.txt'], 2, /--model/, 'See kk eval --help'],
    ['looks at unseen text, of which there is none', train('--data', 'text.txt', '--validation', '0', '--eval-every', '5'), 2, /--eval-every has no effect with --validation 0/, 'Leave --eval-every out.'],
    ['special tokens where there are none', ['tokenize', 'a', '--tokenizer', 'model', '--special'], 2, /--special has no effect with this --tokenizer/, 'Leave --special out.'],
    ['a pattern for a folder without ranks', ['tokenizer', 'convert', 'model', 'x.json', '--pattern', 'a'], 2, /--pattern has no effect with model, which holds tokenizer\.json: it is for \.tiktoken files/, 'Leave --pattern out.'],
    ['a case for a folder that says it', ['tokenizer', 'convert', 'model', 'x.json', '--cased'], 2, /--cased has no effect with model, which holds tokenizer\.json: it is for \.txt files/, 'Leave --cased out.'],
    ['weights of PyTorch', ['eval', '--model', 'pickled', '--data', 'text.txt'], 1, /^kk: pickled holds its weights only as pytorch_model\.bin.*from_pretrained\("pickled"\)/],
    ['no such model', ['eval', '--model', 'missing', '--data', 'text.txt'], 1, /^kk: Cannot read missing: there is no such file or folder\.$/m, 'Train a model with kk train, or see what it can do with kk demo.'],
    ['a folder without a model', ['eval', '--model', 'folder', '--data', 'text.txt'], 1, /folder holds no model: config\.json and model\.safetensors are missing/],
    ['a file instead of a model', ['generate', '--model', 'text.txt'], 1, /text\.txt is a file/],
    ['nothing to evaluate', ['eval', '--model', 'model'], 2, /kk eval needs --data FILE\.\.\. or --ids LIST/, 'See kk eval --help'],
    ['both texts and ids', ['eval', '--model', 'model', '--data', 'text.txt', '--ids', '1,2'], 2, /--ids.*--data/, 'Leave one of the two out.'],
    ['an id too many', ['eval', '--model', 'model', '--ids', '1,999'], 1, /no token 999/],
    ['one id', ['eval', '--model', 'model', '--ids', '1'], 1, /There is 1 token; at least 2/, 'Give more --ids.'],
    ['a text of one token', ['eval', '--model', 'model', '--data', 'letter.txt'], 1, /There is 1 token; at least 2/, 'Give more text.'],
    ['a schema that is no JSON', ['generate', '--model', 'model', '--json-schema', 'text.txt'], 1, /^kk: text\.txt is not valid JSON; expected a JSON Schema\.\n$/],
    ['a text as a tokenizer', ['tokenizer', 'inspect', 'lines.txt'], 1, /lines\.txt: Line 2 of the vocabulary is empty; expected a token in every line, as in BERT's vocab\.txt/],
    ['a text as a tokenizer.json', ['tokenizer', 'inspect', 'lines.json'], 1, /^kk: lines\.json is not valid JSON; expected a tokenizer\.json\.\n$/],
    ['a text as an n-gram model', ['markov', 'inspect', 'lines.json'], 1, /^kk: Cannot read lines\.json: it is not valid JSON; expected an n-gram model\n$/],
    ['too many words for a verb below another', ['corpus', 'write', 'x'], 2, /^kk: too many arguments for kk corpus write\. Expected 0/, 'See kk corpus write --help'],
    ['a character that the model does not know', ['generate', '--model', 'model', '--prompt', '猫'], 1, /猫.*Train with text that holds it\.\n$/],
    ['an empty prompt', ['generate', '--model', 'model', '--prompt', ''], 1, /prompt is empty/, 'Give a --prompt, or leave it out to begin with a line break.'],
    ['a temperature below zero', ['generate', '--model', 'model', '--temperature', '-1'], 2, /--temperature.*from 0/, 'See kk generate --help'],
    ['a top-p above one', ['generate', '--model', 'model', '--top-p', '1.5'], 2, /--top-p.*from 0 to 1/, 'See kk generate --help'],
    ['no text to tokenize', ['tokenize'], 2, /needs a text/, 'For example: kk tokenize "Hello, how are you?"'],
    ['an empty text', ['tokenize', ''], 1, /text is empty/],
    ['a text twice', ['tokenize', 'a', '--data', 'text.txt'], 2, /A text and --data cannot be given together/, 'Leave one of the two out.'],
    ['a tokenizer over a file that is there', ['tokenizer', 'train', '--data', 'text.txt', '--out', 'model/tokenizer.json'], 1, /is there already/, 'Replace it with --force, or choose another --out.'],
    ['a size for characters', ['tokenizer', 'train', '--data', 'text.txt', '--type', 'char', '--vocab', '9', '--out', 'x.json'], 2, /--vocab has no effect with --type char/, 'Leave --vocab out.'],
    ['a vocabulary that holds no bytes', ['tokenizer', 'train', '--data', 'text.txt', '--vocab', '9', '--out', 'x.json'], 2, /256/],
    ['JSON and text on one stream', ['corpus', 'write', '--json'], 2, /--json has no effect without --out/, 'Give --out FILE too, or leave --json out.'],
    ['a size that is none', ['corpus', 'write', '--bytes', 'many'], 2, /--bytes.*2\.5MB/, 'See kk corpus write --help'],
    ['threads on the cpu device', ['bench', '--device', 'cpu', '--threads', '2'], 2, /--threads has no effect with --device cpu/, 'Leave --threads out.'],
    ['a measurement of no length', ['bench', '--seconds', '0'], 2, /--seconds.*above 0 to 600/, 'See kk bench --help'],
    ['a language without stories', ['demo', '--lang', 'fr'], 2, /--lang.*de, en/, 'See kk demo --help'],
    ['a tokenizer that there is not', ['tokenize', 'a', '--tokenizer', 'gpt-0'], 1, /char, word\[:N\], bpe\[:N\], wordpiece\[:N\], unigram\[:N\], gpt2, r50k_base, .*o200k_harmony, and OpenAI's models such as gpt-4o; there is no file or folder gpt-0 either/],
    ['a tokenizer that there is not, and no text', ['tokenize', '--tokenizer', 'missing'], 1, /there is no file or folder missing either/],
    ['a tokenizer that there is not, of a text that there is not', ['tokenize', '--data', 'missing.txt', '--tokenizer', 'missing.json'], 1, /missing\.json/],
    ['a tokenizer with far fewer tokens than its model', ['generate', 'mixed'], 1, /^kk: tokenizer\.json in mixed has only \d+ tokens, the model \d+: they do not belong together\.$/m, 'Put the tokenizer of the model there.'],
    ['a text for a model with the tokenizer of another one', ['eval', 'mixed', '--data', 'text.txt'], 1, /tokenizer\.json in mixed has only \d+ tokens, the model \d+/, 'Put the tokenizer of the model there.'],
    ['a run to go on with, whose tokenizer is another one', ['train', '--resume', 'filled-up', '--steps', '14', '--quiet'], 1, /^kk: tokenizer\.json in filled-up has \d+ tokens, the model \d+: they do not belong together\.$/m, 'Put the tokenizer of the model there.'],
    ['units that are all too rare', ['markov', 'train', 'text.txt', '--min-count', '100000', '--out', 'never.markov'], 1, /^kk: No character is in the text 100,000 times: a model would know none\.$/m, 'Give a smaller --min-count.'],
    ['words that are all too rare', ['markov', 'train', 'text.txt', '--unit', 'word', '--sentences', '--min-count', '100000', '--out', 'never.markov'], 1, /^kk: No word is in the text 100,000 times/m, 'Give a smaller --min-count.'],
    ['a link to nothing as an n-gram model', ['markov', 'train', 'text.txt', '--out', 'dangling'], 1, /^kk: dangling is a link to nowhere, which is no file\.$/m, 'Make that file, or choose another --out.'],
    ['a link to nothing, although it may be replaced', ['corpus', 'write', '--out', 'dangling', '--force'], 1, /^kk: dangling is a link to nowhere, which is no file\.$/m, 'Make that file, or choose another --out.'],
    ['a link to nothing as a folder', ['markov', 'train', 'text.txt', '--out', 'dangling/new.markov'], 1, /^kk: .*dangling.* is a link to nowhere, which is no folder\.$/m, 'Make that folder, or choose another --out.'],
    ['a link to nothing as the folder of a tokenizer', ['tokenizer', 'train', 'text.txt', '--out', 'dangling'], 1, /^kk: .*dangling.* is a link to nowhere, which is no folder\.$/m, 'Make that folder, or choose another --out.'],
    ['a tokenizer to look at that there is not', ['tokenizer', 'inspect', 'gpt-0'], 1, /The tokenizers with a name are gpt2, .*gpt-4o; there is no file or folder gpt-0 either/],
    ['a tokenizer to convert that there is not', ['tokenizer', 'convert', 'gpt-0', 'x.json'], 1, /gpt2, .*gpt-4o; there is no file or folder gpt-0 either/],
    ['an unknown ending to convert to', ['tokenizer', 'convert', 'gpt2', 'x.bin'], 2, /x\.bin ends in \.bin, which is no format of tokenizers; expected \.json, \.model, \.txt, \.tiktoken, or a folder/, 'Take another ending, or a name without one for a folder.'],
    ['an unknown ending to train to', ['tokenizer', 'train', 'text.txt', '--out', 'x.gguf'], 2, /x\.gguf ends in \.gguf/, 'Take another ending, or a name without one for a folder.'],
    ['a format that does not hold what is learned', ['tokenizer', 'train', 'text.txt', '--type', 'bpe', '--out', 'x.model'], 2, /x\.model cannot hold a tokenizer of type bpe/, 'Name a .json file, which holds any, or take --type unigram.'],
    ['a format that holds nothing that is learned', ['tokenizer', 'train', 'text.txt', '--out', 'x.tiktoken'], 2, /x\.tiktoken cannot hold a tokenizer of type bpe/, 'Name a .json file, which holds any.'],
    ['no file to write', ['tokenizer', 'train', 'text.txt'], 2, /kk tokenizer train needs --out FILE/, 'See kk tokenizer train --help'],
    ['no text for a chain', ['markov', 'train'], 2, /kk markov train needs --data FILE/, 'See kk markov train --help'],
    ['no such chain', ['markov', 'eval', 'missing.markov', '--data', 'text.txt'], 1, /missing\.markov/, 'Train a model with kk markov train.'],
    ['nothing to measure a chain on', ['markov', 'eval', 'missing.markov'], 2, /kk markov eval needs --data FILE/, 'See kk markov eval --help'],
    ['too many models', ['markov', 'generate', 'a', 'b'], 2, /too many arguments/, 'See kk markov generate --help'],
    ['a unit that is none', ['markov', 'inspect', 'x.arpa', '--unit', 'bpe'], 2, /--unit/, 'See kk markov inspect --help'],
    ['no text to measure', ['text', 'stats'], 2, /kk text stats needs --data FILE/, 'See kk text stats --help'],
    ['an unknown verb', ['trian'], 2, /unknown command 'trian'/, '(Did you mean train?) See kk --help'],
    ['a misspelt option that is required', ['eval', '--modle', 'x'], 2, /unknown option '--modle'/, '(Did you mean --model?) See kk eval --help'],
    ['help for no verb', ['help', 'trian'], 2, /kk has no verb trian; it has demo, train, .*completion, help\./, 'See kk --help'],
    ['help for a verb below one that has none', ['help', 'train', 'extra'], 2, /kk train has no verb extra; no verb stands below it\./, 'See kk train --help'],
    ['a model that an option took', ['generate', '--stop', 'x', 'model'], 2, /kk generate needs --model DIR/, "--stop took 'model', too. If that is the model, give it before --stop."],
    ['a chain that an option took', ['markov', 'eval', '--data', 'text.txt', 'x.markov'], 2, /kk markov eval needs --model FILE/, "--data took 'x.markov', too. If that is the model, give it before --data."],
    ['no model, and options with their values', ['generate', '--stop', 'x'], 2, /kk generate needs --model DIR/, 'See kk generate --help'],
    ['a tokenizer of no name', train('--data', 'text.txt', '--tokenizer', ''), 2, /Expected char, word\[:N\], bpe\[:N\], wordpiece\[:N\], unigram\[:N\], a file or folder, a vocabulary of OpenAI \(gpt2, .*o200k_harmony\), or one of its models \(gpt-4o\)/],
    ['a shell that is none', ['completion', 'tcsh'], 2, /bash, zsh, fish/, 'See kk completion --help'],
    ['too much', ['devices', 'x'], 2, /too many arguments/, 'See kk devices --help'],
  ])('%s', async (_, argv, exitCode, words, hint) => {
    const result = await kk(argv, { cwd });
    expectOneLine(result, words);
    if (hint !== undefined) expect(result.stderr.trimEnd().split('\n')[1]).toBe(`    ${hint}`);
    expect(result.exitCode).toBe(exitCode);
    expect(existsSync(join(cwd, 'never', 'model.safetensors'))).toBe(false);
  });

  it('a model with some more tokens than its tokenizer is good: many are filled up', async () => {
    const { exitCode, stderr } = await kk(['generate', 'filled-up', '--max-tokens', '3'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('standard input that is no UTF-8', async () => {
    const result = await kk(['tokenize', '--tokenizer', 'char'], { cwd, input: Uint8Array.of(0x61, 0xff) });
    expectOneLine(result, /Standard input is not valid UTF-8/);
    expect(result.exitCode).toBe(1);
  });

  it('a damaged model: wrong, truncated or hostile weights, and files that do not belong together', async () => {
    const folder = join(cwd, 'model');
    const good = { weights: readFileSync(join(folder, 'model.safetensors')), config: readFileSync(join(folder, 'config.json'), 'utf8'), tokenizer: readFileSync(join(folder, 'tokenizer.json'), 'utf8') };
    const hugeHeader = Buffer.from(good.weights);
    hugeHeader.writeBigUInt64LE(2n ** 62n);
    const cases: [Partial<Record<'weights' | 'config' | 'tokenizer', Buffer | string>>, RegExp][] = [
      [{ weights: '' }, /model\.safetensors/],
      [{ weights: good.weights.subarray(0, good.weights.length - 4) }, /model\.safetensors/],
      [{ weights: Buffer.concat([good.weights, Buffer.alloc(4)]) }, /model\.safetensors/],
      [{ weights: hugeHeader }, /model\.safetensors/],
      [{ weights: '<html>' }, /model\.safetensors/],
      [{ config: '{' }, /config\.json/],
      [{ config: '[]' }, /config\.json/],
      [{ config: good.config.replace(/"n_embd": \d+/, '"n_embd": 32') }, /model|config/],
      [{ config: good.config.replace(/"n_layer": \d+/, '"n_layer": 1000000000') }, /model|config/],
      [{ config: good.config.replace('gelu_new', 'relu') }, /relu/],
      [{ tokenizer: '{}' }, /tokenizer\.json/],
      [{ tokenizer: 'null' }, /tokenizer\.json/],
    ];
    const bad = join(cwd, 'bad');
    mkdirSync(bad);
    for (const [change, words] of cases) {
      const files = { ...good, ...change };
      writeFileSync(join(bad, 'model.safetensors'), files.weights);
      writeFileSync(join(bad, 'config.json'), files.config);
      writeFileSync(join(bad, 'tokenizer.json'), files.tokenizer);
      const result = await kk(['eval', '--model', 'bad', '--data', 'text.txt'], { cwd });
      expectOneLine(result, words);
      expect(result.exitCode).toBe(1);
    }
  });

  it('--debug shows where', async () => {
    const { stderr } = await kk(['eval', '--model', 'missing', '--data', 'text.txt', '--debug'], { cwd });
    expect(stderr).toMatch(/^kk: /);
    expect(stderr).toMatch(/\n\s+at /);
  });
});
