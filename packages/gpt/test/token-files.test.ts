// Files of tokens: llm.c's format as numpy writes it, read at any place, and refused whatever is wrong with them.
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinTokens, openTokenBlob, openTokens, partOfTokens, tokensInMemory } from '../src/data.js';
import { openTokenFile, openTokenShards, verifyTokenFile, writeTokenFile, writeTokenShards } from '../src/node.js';
import fixture from './fixtures/token-files.numpy.json' with { type: 'json' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kk-tokens-'));
});
afterAll(() => rm(folder, { recursive: true }));

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(base64, 'base64'));
/** In pieces of changing length. */
function* inPieces(ids: ArrayLike<number>): Generator<number[]> {
  const all = Array.from(ids);
  for (let at = 0, length = 0; at < all.length; at += length, length = (length * 5 + 1) % 8) yield all.slice(at, at + length);
}

describe('the format', () => {
  it.each([
    ['uint16', fixture.uint16, fixture.ids, 2 ** 16],
    ['uint32', fixture.uint32, fixture.large, 2 ** 31],
    ['uint16 that says its vocabulary', fixture.uint16WithVocabulary, fixture.ids, 50_257],
    ['uint32 that says its vocabulary', fixture.uint32WithVocabulary, fixture.large, 128_256],
  ])('reads %s as numpy wrote it', async (name, file, ids, vocabSize) => {
    const path = join(folder, `${name}.bin`);
    await writeFile(path, bytesOf(file));
    for (const source of [await openTokenFile(path), await openTokenBlob(new Blob([bytesOf(file)]))]) {
      expect(source).toMatchObject({ length: 40, vocabSize });
      expect([...(await source.read(0, 40))]).toEqual(ids);
      expect([...(await source.read(17, 5))]).toEqual(ids.slice(17, 22));
    }
    await verifyTokenFile(path);
  });

  it.each([
    ['two bytes', fixture.uint16WithVocabulary, fixture.ids, 50_257],
    ['four bytes', fixture.uint32WithVocabulary, fixture.large, 128_256],
  ])('writes ids of %s byte for byte as numpy did', async (name, file, ids, vocabSize) => {
    const path = join(folder, `${name}.bin`);
    expect(await writeTokenFile(path, inPieces(ids), { vocabSize })).toBe(40);
    expect(Uint8Array.from(await readFile(path))).toEqual(bytesOf(file));
  });

  it('gives back any ids at any place, over the borders of pages and shards', async () => {
    const path = join(folder, 'long.bin');
    const ids = Uint16Array.from({ length: 60_000 }, (_, i) => (i * 7919) % 65_521);
    await writeTokenFile(path, [ids], { vocabSize: 65_521 });
    const list = join(folder, 'long.json');
    expect(await writeTokenShards(list, inPieces(ids), { vocabSize: 65_521, tokensPerFile: 17_001 })).toBe(60_000);
    const sources = [await openTokenFile(path), await openTokenShards(list), joinTokens([tokensInMemory(ids.subarray(0, 1), 65_521), tokensInMemory(ids.subarray(1), 65_521)]), partOfTokens(tokensInMemory(Uint16Array.of(1, 2, ...ids, 3), 65_521), 2, 60_002)];
    expect((await readdir(folder)).filter((name) => name.startsWith('long-')).sort()).toEqual(['long-00000.bin', 'long-00001.bin', 'long-00002.bin', 'long-00003.bin']);
    await fc.assert(
      fc.asyncProperty(fc.nat(60_000), fc.nat(40_000), async (start, count) => {
        const length = Math.min(count, 60_000 - start);
        const expected = ids.slice(start, start + length).join();
        for (const source of sources) expect((await source.read(start, length)).join() === expected).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

describe('refused', () => {
  const open = (bytes: Uint8Array<ArrayBuffer>, vocabSize?: number): Promise<unknown> => openTokenBlob(new File([bytes], 'x.bin'), vocabSize === undefined ? {} : { vocabSize });
  const good = bytesOf(fixture.uint16WithVocabulary);
  const changed = (word: number, value: number): Uint8Array<ArrayBuffer> => {
    const bytes = good.slice();
    new DataView(bytes.buffer).setUint32(4 * word, value, true);
    return bytes;
  };

  it.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['no header', good.slice(0, 100), 'x.bin: it has 100 bytes; a file of tokens has a header of 1024'],
    ['nothing', new Uint8Array(), 'x.bin: it has 0 bytes'],
    ["nanoGPT's ids alone", Uint8Array.from({ length: 2000 }, (_, i) => i % 5), "nanoGPT's files have no header"],
    ['another version', changed(1, 2), 'its version is 2; expected 1'],
    ['a file that was cut short', good.slice(0, -2), 'its header speaks of 40 tokens, which are 1104 bytes, but it has 1102'],
    ['a file that is too long', Uint8Array.from([...good, 0]), 'but it has 1105'],
    ['more tokens than there are', changed(2, 2 ** 31 + 5), 'its header speaks of 2147483653 tokens'],
    ['a vocabulary beyond two bytes', changed(3, 70_000), 'its header speaks of a vocabulary of 70000'],
  ])('%s', async (_name, bytes, message) => {
    await expect(open(bytes)).rejects.toThrow(message);
  });

  it('ids outside of the vocabulary, by their place', async () => {
    const source = await openTokenBlob(new File([changed(3, 5000)], 'x.bin'));
    const first = fixture.ids.findIndex((id) => id >= 5000);
    await expect(source.read(0, 40)).rejects.toThrow(`x.bin holds the id ${fixture.ids[first]} at token ${first}, but its vocabulary ends at 4999`);
    await expect(open(good, 100)).rejects.toThrow('x.bin was written with a vocabulary of 50257 tokens; expected 100');
    await expect(source.read(39, 2)).rejects.toThrow('2 tokens from 39 on were asked for, but there are 40');
  });

  it('a single wrong bit, when all is verified', async () => {
    const path = join(folder, 'damaged.bin');
    const bytes = good.slice();
    bytes[1024 + 33]! ^= 4;
    await writeFile(path, bytes);
    await expect(verifyTokenFile(path)).rejects.toThrow(/damaged\.bin is damaged: its checksum is [0-9a-f]{8}, but [0-9a-f]{8} was written/);
  });

  it('a file that becomes shorter while it is read', async () => {
    const path = join(folder, 'shrinking.bin');
    await writeTokenFile(path, [new Uint16Array(50_000)], { vocabSize: 5 });
    const source = await openTokenFile(path);
    await truncate(path, 90_000);
    await expect(source.read(49_000, 10)).rejects.toThrow('ends before its token 49000');
  });

  it('ids that cannot be written, and nothing is left', async () => {
    const path = join(folder, 'refused.bin');
    await expect(writeTokenFile(path, [[1, 2], [3, 7]], { vocabSize: 7 })).rejects.toThrow('token 3 is 7; expected a whole number from 0 to 6');
    await expect(writeTokenFile(path, [[1.5]], { vocabSize: 7 })).rejects.toThrow('token 0 is 1.5');
    expect((await readdir(folder)).filter((name) => name.startsWith('refused'))).toEqual([]);
    await expect(openTokenFile(path)).rejects.toThrow(`Cannot read ${path}: there is no such file or folder.`);
    await expect(openTokenFile(folder)).rejects.toThrow(`${folder} is a folder; expected a file of tokens`);
  });

  it('a list whose files are not those it lists', async () => {
    const list = join(folder, 'corpus.json');
    await writeTokenShards(list, [[1, 2, 3, 4, 5]], { vocabSize: 7, tokensPerFile: 3 });
    await writeTokenFile(join(folder, 'corpus-00001.bin'), [[4, 6]], { vocabSize: 7 });
    await expect(openTokenShards(list)).rejects.toThrow(/corpus-00001\.bin is not the file that .*corpus\.json lists: its tokens and checksum are 2-[0-9a-f]{8}; expected 2-/);
    await writeFile(list, '{"format":"kk-tokens-1","vocabSize":7,"files":[{"name":"../x.bin","tokens":1,"checksum":"00000000"}]}');
    await expect(openTokenShards(list)).rejects.toThrow('corpus.json is damaged');
    await writeFile(list, '[]');
    await expect(openTokenShards(list)).rejects.toThrow('its format is null; expected kk-tokens-1');
    await writeFile(list, '{');
    await expect(openTokenShards(list)).rejects.toThrow('is not valid JSON');
  });
});

it('reads what is used lately from memory, and at most 4 MiB of it', async () => {
  let reads = 0;
  const file = new Uint8Array(1024 + 2 * 4_000_000);
  const words = new DataView(file.buffer);
  [20240520, 1, 4_000_000, 100, 1].forEach((word, i) => words.setUint32(4 * i, word, true));
  const source = await openTokens({ name: 'x', size: file.length, read: (start, end) => (reads++, Promise.resolve(file.subarray(start, end))) });
  reads = 0;
  const pass = async (count: number): Promise<number> => {
    reads = 0;
    for (let page = 0; page < count; page++) await source.read(page * 2 ** 14, 8);
    return reads;
  };
  expect(await pass(100)).toBe(100);
  expect(await pass(100)).toBe(0);
  await pass(200);
  expect(await pass(200)).toBe(200); // each page was dropped before it came again
});
