import { encodingNames } from '@kk/tokenizer/openai';
import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { quotePath, shortPath } from '../src/files/paths.js';
import { withoutGpu } from '../src/options/device.js';
import { byteSize, decimal, idList, integer } from '../src/options/parse.js';
import { readyMade, tokenizerSpec } from '../src/options/tokenizer-spec.js';
import { trainingCharacters } from '../src/training/split.js';

describe('numbers on the command line', () => {
  it('takes whole numbers of the range only', () => {
    expect(integer(1)('2000')).toBe(2000);
    for (const text of ['0', '-1', '1.5', '1e3', 'x', '', ' ', '0x10', '99999999999999999999']) expect(() => integer(1)(text), text).toThrow(InvalidArgumentError);
    expect(() => integer(1, 9)('10')).toThrow('Expected a whole number from 1 to 9.');
  });

  it('takes decimal numbers of the range only', () => {
    expect([decimal(0)('1e-3'), decimal(0)('.5'), decimal(0, 1)('1')]).toEqual([0.001, 0.5, 1]);
    for (const text of ['-0.1', 'x', '', 'NaN', 'Infinity', '1e999', '0x1']) expect(() => decimal(0)(text), text).toThrow(InvalidArgumentError);
    expect(() => decimal(0, 1, { below: true })('1')).toThrow('Expected a number from 0 to below 1.');
  });

  it('reads sizes', () => {
    const size = byteSize(1e9);
    expect(['7', '64kB', '2.5MB', '1MiB', '.5 mb', '10b'].map(size)).toEqual([7, 64_000, 2_500_000, 1_048_576, 500_000, 10]);
    for (const text of ['', 'MB', '-1MB', '1XB', '0', '2GB', '1e9']) expect(() => size(text), text).toThrow(InvalidArgumentError);
  });

  it('reads ids', () => {
    expect(idList('1, 2 3,4')).toEqual([1, 2, 3, 4]);
    for (const text of ['', ',', '1,x', '-1', '1.5']) expect(() => idList(text), text).toThrow(InvalidArgumentError);
  });

  it('reads lists of token ids', () => {
    for (const text of ['1,2,3', '1 2 3', ' 1, 2 ,3\n']) expect(idList(text)).toEqual([1, 2, 3]);
    for (const text of ['1,,2', ',1', '1,', '1, ,2']) expect(() => idList(text), text).toThrow('one is missing at a comma');
    for (const text of ['', ' ']) expect(() => idList(text)).toThrow(/^Expected token ids such as 1,2,3\.$/);
    expect(() => idList('1,x')).toThrow("'x' is none");
  });

  it('knows every vocabulary of OpenAI', () => expect(readyMade).toEqual(encodingNames));

  it('reads what a tokenizer may be', () => {
    expect(['char', 'word', 'word:50', 'bpe', 'bpe:300', 'wordpiece', 'unigram:50', 'gpt2', 'runs/a', './char', './gpt2'].map(tokenizerSpec)).toEqual([
      { kind: 'char' },
      { kind: 'word', vocabSize: 5000 },
      { kind: 'word', vocabSize: 50 },
      { kind: 'bpe', vocabSize: 1000 },
      { kind: 'bpe', vocabSize: 300 },
      { kind: 'wordpiece', vocabSize: 1000 },
      { kind: 'unigram', vocabSize: 50 },
      { kind: 'ready-made', name: 'gpt2' },
      { kind: 'file', path: 'runs/a' },
      { kind: 'file', path: './char' },
      { kind: 'file', path: './gpt2' },
    ]);
    for (const text of ['', 'char:3', 'bpe:255', 'bpe:', 'bpe:x', 'word:1', 'wordpiece:5', 'unigram:3', 'bpe:99999999']) expect(() => tokenizerSpec(text), text).toThrow(InvalidArgumentError);
  });
});

it('a text is split as nanoGPT does: int(n * 0.9) characters train', () => {
  expect(trainingCharacters(10, 0.1)).toBe(9);
  expect(trainingCharacters(19, 0.1)).toBe(17);
  expect(trainingCharacters(5, 0.4)).toBe(3);
  expect(trainingCharacters(3, 0)).toBe(3);
});

describe('paths', () => {
  it('are short where that helps, and safe to paste', () => {
    expect(shortPath('/home/me', '/home/me/runs/a')).toBe('runs/a');
    expect(shortPath('/home/me', '/data/book.txt')).toBe('/data/book.txt');
    expect(quotePath('runs/demo-de')).toBe('runs/demo-de');
    expect(quotePath("it's here")).toBe(`'it'\\''s here'`);
  });
});

describe('a graphics card that cannot be used', () => {
  it('is explained with what to do: a package that was not installed, or what the backend tried', () => {
    const told = (message: string) => {
      const { message: said, hint } = withoutGpu(new Error(message));
      return [said, hint];
    };
    expect(told("Cannot find package 'gpu.js' imported from node_modules/@kk/nn-core/dist/gpu.js")).toEqual(['The package gpu.js is not installed (npm install gpu.js webgpu).', 'Install it, or compute with --device wasm.']);
    expect(told("gpu: no GPU can be used here. Mend that, or await init('wasm').")).toEqual(['No GPU can be used here.', 'Mend that, or compute with --device wasm.']);
  });
});
