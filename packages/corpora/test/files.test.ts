// Reading files: strict about bytes, clear about where something is wrong.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readJSONLines, readTexts, type JSONLine } from '@kk/corpora/node';
import { illFormedAt } from '../src/files/utf8.js';

let folder = '';
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'kk-corpora-')); });
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function file(content: string | Uint8Array): Promise<string> {
  const path = join(folder, `file${files++}`);
  await writeFile(path, content);
  return path;
}
const bytes = (...parts: (string | number[])[]): Uint8Array => Buffer.concat(parts.map((part) => Buffer.from(part as string)));

describe('illFormedAt', () => {
  // TextDecoder as the other implementation: a prefix is well formed iff it decodes, cut sequences at its end included.
  const decodes = (input: Uint8Array): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(input);
      return true;
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  };
  const nearlyText = fc.array(fc.oneof(
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 3 }),
    fc.constantFrom([0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80], [0xe0, 0x80, 0xaf], [0xf0, 0x9f, 0xa6], [0xef, 0xbb, 0xbf]).map((some) => Uint8Array.from(some)),
  )).map((parts) => new Uint8Array(Buffer.concat(parts)));

  it('agrees with TextDecoder on what is UTF-8, and everything before the place is', () => {
    fc.assert(fc.property(nearlyText, (input) => {
      const at = illFormedAt(input);
      expect(at === undefined).toBe(decodes(input));
      if (at === undefined) return;
      expect(decodes(input.subarray(0, at))).toBe(true);
      for (let length = 1; length <= 4 && at + length <= input.length; length++) expect(decodes(input.subarray(at, at + length))).toBe(false);
    }), { numRuns: 500 });
  });
});

describe('readTexts', () => {
  it('returns the texts in the order of the paths', async () => {
    const paths = [await file('Äpfel\r\n'), await file('🦊')];
    expect(await readTexts(paths)).toEqual(['Äpfel\r\n', '🦊']);
    expect(await readTexts(paths[1])).toEqual(['🦊']);
  });

  it('drops a byte order mark', async () => {
    expect(await readTexts(await file(bytes([0xef, 0xbb, 0xbf], 'a')))).toEqual(['a']);
  });

  it('names the file and the byte that is not UTF-8', async () => {
    const path = await file(bytes('Ä', [0xe4], 'pfel'));
    await expect(readTexts(path)).rejects.toThrow(`${path} is not UTF-8: ill-formed byte 0xe4 at byte offset 2; convert it to UTF-8 first`);
  });

  it('names what is missing, a folder or empty', async () => {
    const missing = join(folder, 'missing.txt');
    await expect(readTexts(missing)).rejects.toThrow(`Cannot read ${missing}: there is no such file or folder`);
    await expect(readTexts(folder)).rejects.toThrow(`Cannot read ${folder}: it is a folder, expected a file`);
    const empty = await file('');
    await expect(readTexts([await file('x'), empty])).rejects.toThrow(`${empty} is empty: expected text in UTF-8`);
    await expect(readTexts([])).rejects.toThrow(new TypeError('readTexts got no path: give at least one'));
  });
});

describe('readJSONLines', () => {
  const all = async (path: string): Promise<JSONLine[]> => {
    const lines: JSONLine[] = [];
    for await (const line of readJSONLines(path)) lines.push(line);
    return lines;
  };

  it('yields every value with its line, whatever the line ends and blank lines', async () => {
    const path = await file(bytes([0xef, 0xbb, 0xbf], '{"a":1}\r\n\n  \n[2]\n"drei"'));
    expect(await all(path)).toEqual([{ line: 1, value: { a: 1 } }, { line: 4, value: [2] }, { line: 5, value: 'drei' }]);
  });

  it('reads back what was written, across the chunks of a large file', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 40_000 }), async (values, padding) => {
      const written = [...values, 'ü'.repeat(padding), ...values];
      const path = await file(written.map((value) => JSON.stringify(value) + '\n').join(''));
      expect((await all(path)).map(({ value }) => JSON.stringify(value))).toEqual(written.map((value) => JSON.stringify(value)));
    }), { numRuns: 20 });
  });

  it('keeps a key named __proto__ to itself', async () => {
    const [{ value }] = await all(await file('{"__proto__":{"polluted":true}}'));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect('polluted' in Object.prototype).toBe(false);
  });

  it('names the line that is not JSON or not UTF-8', async () => {
    const wrong = await file('{"a":1}\n\n{"a":}\n');
    await expect(all(wrong)).rejects.toThrow(`line 3 of ${wrong} is not JSON: `);
    const latin1 = await file(bytes('1\n"a', [0xfc], '"\n'));
    await expect(all(latin1)).rejects.toThrow(`line 2 of ${latin1} is not UTF-8: ill-formed byte 0xfc at byte offset 4`);
  });

  it('yields what stands before a wrong line', async () => {
    const lines = readJSONLines(await file('1\n?'));
    expect((await lines.next()).value).toEqual({ line: 1, value: 1 });
    await expect(lines.next()).rejects.toThrow('line 2');
  });

  it('names what is missing, a folder, empty or no JSON Lines at all', async () => {
    const missing = join(folder, 'missing.jsonl');
    await expect(all(missing)).rejects.toThrow(`Cannot read ${missing}: there is no such file or folder`);
    await expect(all(folder)).rejects.toThrow(`Cannot read ${folder}: it is a folder, expected a file`);
    for (const content of ['', '\n \n']) {
      const empty = await file(content);
      await expect(all(empty)).rejects.toThrow(`${empty} is empty: expected one JSON value a line`);
    }
    const endless = await file(Buffer.alloc(2 ** 26 + 1, 'x'));
    await expect(all(endless)).rejects.toThrow(/^line 1 of .* has more than 67108864 bytes/);
  });
});
