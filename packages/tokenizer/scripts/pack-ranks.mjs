#!/usr/bin/env node
// Writes src/vocabularies/ranks/*.ts: OpenAI's published token ranks, packed. They never change, so this ran once; a test compares what it wrote with their source.
//
// Each token is the two tokens that it was merged from, which is about a third of its bytes in Base64. See src/vocabularies/unpack-ranks.ts.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';

const NAMES = { r50k: 'r50k_base', cl100k: 'cl100k_base', o200k: 'o200k_base' };
const SINGLE_BYTE = 0xffffff;

for (const [short, name] of Object.entries(NAMES)) {
  const { default: source } = await import(`js-tiktoken/ranks/${name}`);
  const tokens = readRanks(source.bpe_ranks);
  const parts = partsOf(tokens);
  const planes = ['left', 'right'].flatMap((side) => [16, 8, 0].map((shift) => Buffer.from(parts.map((part) => (part[side] >> shift) & 0xff))));
  const text = deflateRawSync(Buffer.concat(planes), { level: 9 }).toString('base64');
  const file = fileURLToPath(new URL(`../src/vocabularies/ranks/ranks-${short}.ts`, import.meta.url));
  writeFileSync(file, `// The ${tokens.length} ranks of ${name}, packed by scripts/pack-ranks.mjs. OpenAI publishes them with tiktoken, under the MIT license.\n\nexport const packed = '${text}';\n`);
  console.log(`${name}: ${tokens.length} tokens, ${text.length} characters`);
}

/** The compact form of js-tiktoken: `! <rank of the first> <Base64> <Base64> ...` in each line. Every character of a token here is one of its bytes. */
function readRanks(text) {
  const tokens = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, first, ...encoded] = line.split(' ');
    encoded.forEach((token, i) => (tokens[Number(first) + i] = Buffer.from(token, 'base64').toString('latin1')));
  }
  if (tokens.includes(undefined)) throw new Error('A rank has no token.');
  return tokens;
}

/** What each token was merged from: the two pieces that are left of its bytes when all merges of lower rank are done. */
function partsOf(tokens) {
  const ranks = new Map(tokens.map((token, rank) => [token, rank]));
  return tokens.map((token, rank) => {
    if (token.length === 1) return { left: SINGLE_BYTE, right: token.charCodeAt(0) };
    const pieces = [...token];
    while (pieces.length > 2) {
      const joined = pieces.slice(1).map((piece, i) => ranks.get(pieces[i] + piece) ?? Infinity);
      const best = joined.reduce((least, other, i) => (other < joined[least] ? i : least), 0);
      if (!(joined[best] < rank)) throw new Error(`The token of rank ${rank} was not made by merges.`);
      pieces.splice(best, 2, pieces[best] + pieces[best + 1]);
    }
    return { left: ranks.get(pieces[0]), right: ranks.get(pieces[1]) };
  });
}
