// A file in chunks is the file at once, wherever the chunks end; and what is wrong with it is said as clearly.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTextChunks, readTexts } from '@kk/corpora/node';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kk-chunks-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(content: string | Uint8Array): string {
  const path = join(folder, `file${files++}`);
  writeFileSync(path, content);
  return path;
}

async function chunksOf(path: string, chunkBytes?: number): Promise<string[]> {
  const chunks = [];
  for await (const chunk of readTextChunks(path, { chunkBytes })) chunks.push(chunk);
  return chunks;
}

it('joined, the chunks are the text, and no character is cut', async () => {
  const path = file('\ufeffÄpfel\r\n猫 🦊\ufeffund\u0000 Ende\ufeff');
  const [whole] = await readTexts(path);
  for (let chunkBytes = 1; chunkBytes <= 40; chunkBytes++) {
    const chunks = await chunksOf(path, chunkBytes);
    expect(chunks.join('')).toBe(whole);
    for (const chunk of chunks) expect(chunk).not.toMatch(/\p{Surrogate}/u);
  }
  expect(await chunksOf(path)).toEqual([whole]);
});

it('reads a file of several chunks', async () => {
  const text = 'Größe 🦊 '.repeat(300_000);
  const chunks = await chunksOf(file(text));
  expect(chunks.length).toBeGreaterThan(3);
  expect(chunks.join('')).toBe(text);
});

it('names the byte that is not UTF-8, in any chunk and at the end', async () => {
  const bytes = (...parts: (string | number[])[]): Uint8Array => Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  for (const chunkBytes of [1, 2, 3, 100]) {
    const middle = file(bytes('Äpfel', [0xe4], 'pfel'));
    await expect(chunksOf(middle, chunkBytes)).rejects.toThrow(`${middle} is not UTF-8: ill-formed byte 0xe4 at byte offset 6; convert it to UTF-8 first`);
    const end = file(bytes('Apfel', [0xf0, 0x9f, 0xa6]));
    await expect(chunksOf(end, chunkBytes)).rejects.toThrow(`${end} is not UTF-8: ill-formed byte 0xf0 at byte offset 5; convert it to UTF-8 first`);
    const stray = file(bytes('A', [0x80], 'B'));
    await expect(chunksOf(stray, chunkBytes)).rejects.toThrow('ill-formed byte 0x80 at byte offset 1');
  }
});

it('names what is missing, a folder or empty', async () => {
  const missing = join(folder, 'missing.txt');
  await expect(chunksOf(missing)).rejects.toThrow(`Cannot read ${missing}: there is no such file or folder`);
  await expect(chunksOf(folder)).rejects.toThrow(`Cannot read ${folder}: it is a folder, expected a file`);
  for (const empty of [file(''), file('\ufeff')]) await expect(chunksOf(empty)).rejects.toThrow(`${empty} is empty: expected text in UTF-8`);
});
