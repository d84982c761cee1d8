import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  writeFileSync(join(cwd, 'latin1.txt'), Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]));
  writeFileSync(join(cwd, 'file'), 'in the way');
  mkdirSync(join(cwd, 'folder'));
  expect((await kk(['train', '--data', 'text.txt', ...tiny, '--out', 'model', '--quiet'], { cwd })).exitCode).toBe(0);
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

const train = (...more: string[]): string[] => ['train', '--out', 'never', ...tiny, ...more];

describe('bad input', () => {
  it.each<[string, string[], number, RegExp]>([
    ['no data', train(), 2, /kk train needs --data FILE\.\.\. or --resume DIR/],
    ['a missing file', train('--data', 'missing.txt'), 1, /missing\.txt/],
    ['an empty file', train('--data', 'empty.txt'), 1, /empty\.txt.*empty/],
    ['one empty file among others', train('--data', 'text.txt', 'empty.txt'), 1, /empty\.txt.*empty/],
    ['a folder as a file', train('--data', 'folder'), 1, /folder/],
    ['bytes that are no UTF-8', train('--data', 'latin1.txt'), 1, /latin1\.txt.*UTF-8/],
    ['a text shorter than one context', train('--data', 'short.txt'), 1, /2 tokens, but one context of 16 needs 17/],
    ['a width that the heads do not divide', train('--data', 'text.txt', '--width', '130', '--heads', '4'), 2, /--width 130 cannot be split into --heads 4.*\n.*--width 128 or --width 132/],
    ['a model beyond all memory', train('--data', 'text.txt', '--width', '65536', '--layers', '1000'), 2, /parameters would need about .* GB/],
    ['no steps', train('--data', 'text.txt', '--steps', '0'), 2, /--steps.*Expected a whole number from 1/],
    ['a learning rate that is no number', train('--data', 'text.txt', '--lr', 'fast'), 2, /--lr.*Expected a number from 0/],
    ['a learning rate that rises', train('--data', 'text.txt', '--lr', '0.001', '--min-lr', '0.1'), 2, /--min-lr 0\.1 is above --lr 0\.001/],
    ['all text for validation', train('--data', 'text.txt', '--validation', '1'), 2, /--validation.*below 1/],
    ['an unknown device', train('--data', 'text.txt', '--device', 'quantum'), 2, /--device.*wasm, gpu, cpu, auto/],
    ['an unknown tokenizer', train('--data', 'text.txt', '--tokenizer', 'nothing-here'), 1, /nothing-here/],
    ['a vocabulary below the bytes', train('--data', 'text.txt', '--tokenizer', 'bpe:10'), 2, /Expected a vocabulary of 256/],
    ['a file where the folder should be', ['train', '--data', 'text.txt', ...tiny, '--out', 'file/model'], 1, /file\/model|file is in the way|ENOTDIR/],
    ['no model named', ['eval', '--data', 'text.txt'], 2, /--model/],
    ['no such model', ['eval', '--model', 'missing', '--data', 'text.txt'], 1, /There is no folder missing/],
    ['a folder without a model', ['eval', '--model', 'folder', '--data', 'text.txt'], 1, /folder holds no model: config\.json and model\.safetensors are missing/],
    ['a file instead of a model', ['generate', '--model', 'text.txt'], 1, /text\.txt is a file/],
    ['nothing to evaluate', ['eval', '--model', 'model'], 2, /kk eval needs --data FILE\.\.\. or --ids LIST/],
    ['both texts and ids', ['eval', '--model', 'model', '--data', 'text.txt', '--ids', '1,2'], 2, /--ids.*--data/],
    ['an id too many', ['eval', '--model', 'model', '--ids', '1,999'], 1, /no token 999/],
    ['a text of one token', ['eval', '--model', 'model', '--ids', '1'], 1, /at least 2/],
    ['a character that the model does not know', ['generate', '--model', 'model', '--prompt', '猫'], 1, /猫/],
    ['an empty prompt', ['generate', '--model', 'model', '--prompt', ''], 1, /prompt is empty/],
    ['a temperature below zero', ['generate', '--model', 'model', '--temperature', '-1'], 2, /--temperature.*from 0/],
    ['a top-p above one', ['generate', '--model', 'model', '--top-p', '1.5'], 2, /--top-p.*from 0 to 1/],
    ['no text to tokenize', ['tokenize'], 2, /needs a text/],
    ['an empty text', ['tokenize', ''], 1, /text is empty/],
    ['a text twice', ['tokenize', 'a', '--data', 'text.txt'], 2, /A text and --data cannot be given together/],
    ['a tokenizer over a file that is there', ['tokenizer', 'train', '--data', 'text.txt', '--out', 'model/tokenizer.json'], 1, /is there already/],
    ['a size for characters', ['tokenizer', 'train', '--data', 'text.txt', '--type', 'char', '--vocab', '9', '--out', 'x.json'], 2, /--vocab has no effect with --type char/],
    ['a vocabulary that holds no bytes', ['tokenizer', 'train', '--data', 'text.txt', '--vocab', '9', '--out', 'x.json'], 2, /256/],
    ['JSON and text on one stream', ['corpus', 'write', '--json'], 2, /--json has no effect without --out/],
    ['a size that is none', ['corpus', 'write', '--bytes', 'many'], 2, /--bytes.*2\.5MB/],
    ['threads on the cpu device', ['bench', '--device', 'cpu', '--threads', '2'], 2, /--threads has no effect with --device cpu/],
    ['a measurement of no length', ['bench', '--seconds', '0'], 2, /--seconds.*above 0 to 600/],
    ['a language without stories', ['demo', '--lang', 'fr'], 2, /--lang.*de, en/],
  ])('%s', async (_, argv, exitCode, words) => {
    const result = await kk(argv, { cwd });
    expectOneLine(result, words);
    expect(result.exitCode).toBe(exitCode);
    expect(existsSync(join(cwd, 'never', 'model.safetensors'))).toBe(false);
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
