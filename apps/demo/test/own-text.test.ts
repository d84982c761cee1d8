// The visitor's own text: files that are read or refused, and texts that travel in links. (Node has no IndexedDB: nothing is kept.)
import { expect, it } from 'vitest';
import { readTextFile } from '../src/figures/read-text-file.js';
import { hashOfText, textOfHash } from '../src/storage/own-text.js';

const file = (...parts: (string | Uint8Array<ArrayBuffer>)[]): Blob => new Blob(parts);

it('reads UTF-8 with Windows line breaks', async () => {
  expect(await readTextFile(file('ä\r\nß'), 100)).toEqual({ text: 'ä\nß' });
});

it.each([
  ['UTF-16', file(new Uint8Array([0xff, 0xfe, 0x41, 0]))],
  ['Latin-1', file(new Uint8Array([0x66, 0xfc, 0x72]))],
  ['zeros', file('a\0b')],
  ['a picture', file(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))],
])('refuses %s', async (_, blob) => {
  expect(await readTextFile(blob, 100)).toEqual({ problem: 'no text' });
});

it('refuses a long file by its size, and one that turns out to be too long', async () => {
  const neverRead = { size: 100_000_000, stream: () => expect.unreachable() } as unknown as Blob;
  expect(await readTextFile(neverRead, 5_000_000)).toEqual({ problem: 'too long' });
  expect(await readTextFile(file('a'.repeat(101)), 100)).toEqual({ problem: 'too long' });
  expect(await readTextFile(file('ä'.repeat(100)), 100)).toEqual({ text: 'ä'.repeat(100) });
});

it('brings a text along in a link, whole, or not at all', async () => {
  const text = 'Der Hund bellt. 🐕 Grüße';
  const hash = await hashOfText(text);
  expect(hash).toMatch(/^#text:[\w-]+$/);
  expect(await textOfHash(hash!)).toBe(text);
  expect(await textOfHash(hash!.slice(0, -9))).toBeUndefined();
  expect(await textOfHash('#writer')).toBeUndefined();
  const incompressible = Array.from({ length: 4000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20000))).join('');
  expect(await hashOfText(incompressible)).toBeUndefined();
  expect(await hashOfText('')).toBeUndefined();
});
