// The best cut of Unigram, where the sums of two cuts are equal or round to the same number: rounding decides, and it depends on the sum of
// everything before. Whichever way a text is encoded, it must be the same sum. fixtures/sentencepiece/ties.json holds what spm_encode 0.1.97
// gives (Debian's package `sentencepiece`); unigram-symbols.model was made with
//   spm_train --model_type=unigram --vocab_size=400 --normalization_rule_name=identity --user_defined_symbols='.,-,oo'
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PipelineTokenizer, sentencePieceFromTokenizer, StreamEncoder, type Tokenizer, tokenizerFromJSON, tokenizerFromSentencePiece, UnigramTokenizer } from '@kk/tokenizer';
import { finished } from './support/finished.js';
import { Reference } from './support/reference.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`./fixtures/sentencepiece/${name}`, import.meta.url));
const load = (name: string): Promise<PipelineTokenizer> => tokenizerFromSentencePiece(fixture(`${name}.model`));

interface Ties {
  texts: Record<string, [text: string, ids: number[]][]>;
  /** For the long document: the number of ids, and their digest. */
  document: Record<string, [ids: number, digest: number]>;
}
const ties = JSON.parse(fixture('ties.json').toString()) as Ties;

const some = ['a', 'lll', 'of', 'call.', 'ooo', '-', 'the', 'soon', 'llll', 'and', 'b---', 'see', '...', 'oooo', 'tell-all', 'inn', 'nnn', 'his'];
const document = Array.from({ length: 40_000 }, (_, i) => some[(7 * i * i + 3 * i + (i >> 4)) % some.length]).join(' ');
const digest = (ids: readonly number[]): number => ids.reduce((sum, id) => (Math.imul(sum, 31) + id) >>> 0, 0);

/** The ids of a text as they come from a stream, which gets it in pieces of these lengths, over and over. */
function streamed(tokenizer: Tokenizer, text: string, lengths: readonly number[]): number[] {
  const stream = new StreamEncoder(tokenizer);
  const ids: number[] = [];
  for (let at = 0, i = 0; at < text.length; at += lengths[i++ % lengths.length]!) for (const id of stream.push(text.slice(at, at + lengths[i % lengths.length]!))) ids.push(id);
  return [...ids, ...stream.end()];
}

describe.each(Object.keys(ties.texts))('the model %s', (name) => {
  it('cuts as spm_encode does where sums tie', async () => {
    const tokenizer = await load(name);
    expect(ties.texts[name]!.map(([text]) => [text, tokenizer.encode(text)])).toEqual(ties.texts[name]);
  });

  it('cuts a long document as spm_encode does, in every way to encode it', async () => {
    const tokenizer = await load(name);
    const ids = tokenizer.encode(document);
    expect([ids.length, digest(ids)]).toEqual(ties.document[name]);
    expect(digest(streamed(tokenizer, document, [1000, 77, 40_000]))).toBe(digest(ids));
    expect(digest(finished(tokenizer.encodeWithDetailsInSteps(document, { unitsPerStep: 10_000 })).encoding.ids)).toBe(digest(ids));
  });
});

it('shows user-defined symbols as tokens that were added, each in a piece of its own', async () => {
  const tokenizer = await load('unigram-symbols');
  const { tokens, origins, pieces, wordIds, offsets } = tokenizer.encodeWithDetails('all. in');
  expect(tokens).toEqual(['▁all', '.', '▁in']);
  expect(origins).toEqual(['piece', 'added', 'piece']);
  expect(pieces[0]).toEqual([{ text: '▁all', range: [0, 3] }, { text: '.', range: [3, 4] }, { text: '▁in', range: [4, 7] }]);
  expect([wordIds, offsets]).toEqual([[0, 1, 2], [[0, 3], [3, 4], [4, 7]]]);
});

/** Scores of which many sums are equal, though not to the last bit. */
const score = fc.constantFrom(-1.1, -2.2, -3.3, -0.7, -1.4, -2.1, -2.8, -5, -0.1);
const letters = ['a', 'b', 'l'];
const inner = fc.string({ unit: fc.constantFrom(...letters, '.'), minLength: 2, maxLength: 4 });
const model = fc
  .record({ longer: fc.uniqueArray(fc.oneof(inner, inner.map((text) => `▁${text}`), fc.constantFrom('▁a', '▁l', '▁▁', '.▁', 'l▁a')), { maxLength: 12 }), scores: fc.array(score, { minLength: 18, maxLength: 18 }), known: fc.subarray([...letters, '.', '▁'], { minLength: 4 }) })
  .map(({ longer, scores, known }): [string, number][] => [['<unk>', 0] as [string, number], ...[...known, ...longer].map((token, i): [string, number] => [token, scores[i]!])]);
const text = fc.array(fc.constantFrom('l', 'll', 'lll', 'a', 'b', 'ab', '.', ' ', ' ', ' ', ' l', ' a', '?'), { maxLength: 60 }).map((parts) => parts.join(''));
const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });

/** The cut of a whole normalized text, by the definition: every sum is looked at, from left to right. */
function bestCut(normalized: string, pieces: readonly (readonly [string, number])[], symbols: ReadonlySet<string>): string[] {
  const ordinary = pieces.slice(1).filter(([token]) => !symbols.has(token)).map(([, value]) => Math.fround(value));
  const highest = Math.max(2 ** -126, ...ordinary);
  const scores = new Map(pieces.slice(1).map(([token, value]) => [token, symbols.has(token) ? Math.fround(Buffer.byteLength(token) * highest) - 0.1 : Math.fround(value)]));
  const unknown = Math.fround(Math.min(...ordinary) - 10);
  const best: { sum: number; tokens: string[] }[] = [{ sum: 0, tokens: [] }];
  for (let start = 0; start < normalized.length; start++) {
    for (let end = start + 1; end <= normalized.length; end++) {
      const token = normalized.slice(start, end);
      const value = scores.get(token) ?? (end === start + 1 ? unknown : undefined);
      if (value === undefined) continue;
      const sum = best[start]!.sum + value;
      const rounded = scores.has(token) ? sum : Math.fround(sum);
      if (best[end] === undefined || rounded > best[end].sum) best[end] = { sum: Math.fround(sum), tokens: [...best[start]!.tokens, scores.has(token) ? token : '<unk>'] };
    }
  }
  return best[normalized.length]!.tokens.filter((token, i, all) => token !== '<unk>' || all[i - 1] !== '<unk>');
}

describe('any model', () => {
  const agree = (tokenizer: Tokenizer, content: string, parts: readonly number[]): number[] => {
    const ids = tokenizer.encode(content);
    expect(tokenizer.encode(content)).toEqual(ids); // now from the cache
    expect(tokenizer.encodeWithDetails(content).ids).toEqual(ids);
    expect(streamed(tokenizer, content, parts)).toEqual(ids);
    expect(finished(tokenizer.encodeWithDetailsInSteps(content, { unitsPerStep: parts[0] })).encoding).toEqual(tokenizer.encodeWithDetails(content));
    expect([tokenizer.count(content), tokenizer.isWithinLimit(content, ids.length)]).toEqual([ids.length, true]);
    return ids;
  };

  it('cuts as Hugging Face does, which adds in 64 bits, in every way to encode a text', async () => {
    await fc.assert(
      fc.asyncProperty(model, text, lengths, async (pieces, content, parts) => {
        const tokenizer = new UnigramTokenizer(pieces);
        const ids = agree(tokenizer, content, parts);
        expect(ids).toEqual(await new Reference(tokenizer).encode(content));
      }),
      { numRuns: 300, examples: [[[['<unk>', 0], ['▁', -1.1], ['a', -2.2], ['l', -3.3], ['ll', -0.7]], 'a lll', [1]]] },
    );
  });

  it('cuts as SentencePiece does, which adds in 32 bits and gives user-defined symbols a score, in every way to encode a text', async () => {
    const symbols = fc.subarray(['.', 'll', 'ab', 'b.', '▁a']);
    await fc.assert(
      fc.asyncProperty(model, symbols, text, lengths, async (pieces, wanted, content, parts) => {
        const json = new UnigramTokenizer(pieces).toJSON();
        const added = pieces.flatMap(([token], id) => (wanted.includes(token) ? [{ id, content: token, single_word: false, lstrip: false, rstrip: false, normalized: true, special: false }] : []));
        fc.pre(added.length < pieces.length - 1);
        const tokenizer = await tokenizerFromSentencePiece(await sentencePieceFromTokenizer(tokenizerFromJSON({ ...json, added_tokens: [...json.added_tokens, ...added] })));
        const ids = agree(tokenizer, content, parts);
        const normalized = content.trim().replace(/ +/g, '▁');
        const tokens = normalized === '' ? [] : bestCut(`▁${normalized}`, pieces, new Set(added.map((token) => token.content)));
        expect(ids.map((id) => tokenizer.idToToken(id))).toEqual(tokens);
      }),
      { numRuns: 300 },
    );
  });
});
