// What losses are measured on: of several files of tokens, some tokens of each.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate, GPT } from '@kk/gpt';
import { loadModel, openTokenFile } from '@kk/gpt/node';
import { writeStories } from '@kk/corpora';
import { createCpuBackend, Engine } from '@kk/nn-core';
import { CharacterTokenizer } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import { describe, expect, it } from 'vitest';
import { beginningsOf, bytesPerToken, estimateOf, measure } from '../src/training/measured.js';
import { kk, temporaryFolder, tiny } from './support/kk.js';

const ids = (length: number, of: number): Int32Array => Int32Array.from({ length }, (_, i) => (i * of) % 4);

describe('the tokens that are measured', () => {
  it('come from all parts, in proportion to the weights', () => {
    const lengths = (parts: { length: number; weight: number }[], most: number): number[] => beginningsOf(parts.map(({ length, weight }) => ({ ids: ids(length, 1), weight })), most).map((part) => part.length - 1);
    expect(lengths([{ length: 101, weight: 1 }], 60)).toEqual([60]);
    expect(lengths([{ length: 101, weight: 1 }], 600)).toEqual([100]);
    expect(lengths([{ length: 101, weight: 3 }, { length: 101, weight: 1 }], 60)).toEqual([45, 15]);
    expect(lengths([{ length: 101, weight: 3 }, { length: 11, weight: 1 }], 60)).toEqual([45, 10]);
    expect(lengths([{ length: 101, weight: 1000 }, { length: 11, weight: 1 }], 60)).toEqual([59, 1]);
  });

  it('have the mean of the losses by the weights, in either order', async () => {
    const engine = new Engine(createCpuBackend());
    const model = new GPT(engine, { vocabSize: 4, contextLength: 8, layers: 1, heads: 1, width: 8 }, { seed: 1 });
    const [a, b] = [{ ids: ids(101, 1), weight: 3 }, { ids: ids(11, 3), weight: 1 }];
    const [onA, onB] = [await evaluate(model, a.ids.subarray(0, 46)), await evaluate(model, b.ids)];
    expect(onA.loss).not.toBeCloseTo(onB.loss, 3);
    for (const parts of [[a, b], [b, a]]) {
      const seen: number[] = [];
      const measured = await measure(model, parts, 60, { onProgress: (done) => seen.push(done) });
      expect(measured.tokens).toBe(55);
      expect(measured.loss).toBeCloseTo((3 * onA.loss + onB.loss) / 4, 6);
      expect(seen.at(-1)).toBe(55);
    }
    expect(estimateOf(model, [])).toBeUndefined();
    engine.dispose();
  });

  it('are counted in bytes, each token with its own', () => {
    const tokenizer = CharacterTokenizer.train('aä€😀'); // 1 to 4 bytes
    const of = (text: string, weight: number) => ({ ids: Int32Array.from(tokenizer.encode(text)), weight });
    expect(bytesPerToken([of('aaaa😀😀', 1)], 3, tokenizer)).toBe(1);
    expect(bytesPerToken([of('aaaa😀😀', 1)], 9, tokenizer)).toBe((3 + 8) / 5);
    expect(bytesPerToken([of('aaaa', 3), of('€€', 1)], 60, tokenizer)).toBe((3 * 1 + 3) / 4);
    // Of a text whose bytes are known, twice as many as its tokens write, a part has its share of them.
    expect(bytesPerToken([{ ...of('aaa😀', 1), bytes: 12 }], 2, tokenizer)).toBe(2);
  });
});

describe('kk train on two files of tokens', () => {
  it('measures both', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'en.txt'), writeStories('en', { bytes: 60_000, seed: 1 }));
    writeFileSync(join(cwd, 'de.txt'), writeStories('de', { bytes: 20_000, seed: 1 }));
    await kk(['tokenize', '--data', 'en.txt', '--tokenizer', 'bpe:300', '--out', 'en.bin'], { cwd });
    await kk(['tokenize', '--data', 'de.txt', '--tokenizer', 'en.tokenizer.json', '--out', 'de.bin'], { cwd });
    const { json, last, stderr } = await kk(['train', 'en.bin:3', 'de.bin', ...tiny, '--steps', '4', '--threads', '1', '--validation', '0.6', '--eval-every', '3', '--out', 'both', '--json'], { cwd });
    expect(stderr).toBe('');
    const [english, german] = await Promise.all(['en.bin', 'de.bin'].map(async (name) => {
      const source = await openTokenFile(join(cwd, name), { vocabSize: 300 });
      const cut = Math.floor(source.length * (1 - 0.6));
      return source.read(cut, source.length - cut);
    }));
    expect(json()[0]!.validationTokens).toBe(english!.length + german!.length);
    expect(json().find(({ event }) => event === 'validation')!.tokens).toBe(15_360);
    expect(last().validationTokens).toBe(15_360);
    const parts = [english!.subarray(0, 11_521), german!.subarray(0, 3841)];
    const engine = new Engine(createCpuBackend());
    const model = await loadModel(engine, join(cwd, 'both'));
    const nats: number[] = [];
    for (const part of parts) nats.push((await evaluate(model, part)).loss * (part.length - 1));
    const sum = nats[0]! + nats[1]!;
    expect(last().valLoss).toBeCloseTo(sum / 15_360, 4);
    const tokenizer = await loadTokenizer(join(cwd, 'en.tokenizer.json'));
    const bytes = parts.reduce((all, part) => all + Buffer.byteLength(tokenizer.decode([...part.subarray(1)]), 'utf8'), 0);
    expect(last().bitsPerByte).toBeCloseTo(sum / Math.LN2 / bytes, 4);
    engine.dispose();
    const screen = await kk(['train', 'de.bin', 'en.bin', ...tiny, '--steps', '1', '--warmup', '0', '--threads', '1', '--validation', '0.6', '--out', 'shown'], { cwd });
    expect(screen.stdout.replace(/\s+/g, ' ')).toMatch(/bits per byte; of [\d,]+ of [\d,]+ tokens, from the beginning of each file/);
  });
});
