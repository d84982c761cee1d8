// Texts that are too long for one string come in chunks: trainers learn from them what they learn from the whole, and encoding waits no longer than it may.
import { BytePairTokenizer, CharacterTokenizer, splitBetweenWords, StreamEncoder, type Tokenizer, tokenizerFromJSON, UnigramTokenizer, WordPieceTokenizer, WordTokenizer } from '@kk/tokenizer';
import { describe, expect, it } from 'vitest';
import { lastResort } from '../src/text/word-gaps.js';

const text = 'Der Fuchs  lief, er lief schnell.\r\n\r\n\tDie Füchse liefen nicht; "it\'s 2025 now"  sagte 猫が好き 😀 ein Fuchs.\n'.repeat(40) + 'Wort Wort';

/** Chunks that end inside of words and of surrogate pairs' neighbourhood. */
function* chunksOf(length: number): Generator<string> {
  const characters = [...text];
  for (let at = 0; at < characters.length; at += length) yield characters.slice(at, at + length).join('');
}

describe('splitBetweenWords', () => {
  const lines = async function* (parts: AsyncIterable<string>): AsyncGenerator<string> {
    for await (const part of parts) yield* part.split(/\r?\n/);
  };
  it.each<[string, Tokenizer, (parts: AsyncIterable<string>) => Promise<Tokenizer>]>([
    ['words', WordTokenizer.train(text), (parts) => WordTokenizer.trainAsync(parts)],
    ['byte pairs', BytePairTokenizer.train(text, { vocabSize: 330 }), (parts) => BytePairTokenizer.trainAsync(parts, { vocabSize: 330 })],
    ['WordPiece', WordPieceTokenizer.train(text, { vocabSize: 120 }), (parts) => WordPieceTokenizer.trainAsync(parts, { vocabSize: 120 })],
    ['Unigram', UnigramTokenizer.train(text.split(/\r?\n/), { vocabSize: 90 }), (parts) => UnigramTokenizer.trainAsync(lines(parts), { vocabSize: 90 })],
  ])('a trainer of %s learns the same from parts', async (_, whole, train) => {
    for (const length of [1, 7, 100]) expect((await train(splitBetweenWords(chunksOf(length)))).toJSON()).toEqual(whole.toJSON());
  });

  it('keeps every character, and cuts often', async () => {
    const parts = [];
    for await (const part of splitBetweenWords(chunksOf(50))) parts.push(part);
    expect(parts.join('')).toBe(text);
    expect(parts.length).toBeGreaterThan(40);
  });
});

describe('longestWait', () => {
  /** Nothing is known about how far this pattern looks. */
  const tokenizer = BytePairTokenizer.train(text, { vocabSize: 300, pattern: '[^\\s]+|\\s+' });

  it('bounds what waits, without another id where lines end as this pattern cuts', () => {
    const stream = new StreamEncoder(tokenizer, { longestWait: 200 });
    const ids: number[] = [];
    let pushed = 0;
    for (const chunk of chunksOf(10)) {
      ids.push(...stream.push(chunk));
      pushed += chunk.length;
      expect(tokenizer.decode(ids).length).toBeGreaterThan(pushed - 200 - 10 - 120); // a line has no more than 120
    }
    ids.push(...stream.end());
    expect(ids).toEqual(tokenizer.encode(text));
  });

  it('without it, such a pattern waits for the end', () => {
    const stream = new StreamEncoder(tokenizer);
    expect(stream.push(text)).toEqual([]);
    expect(stream.end()).toEqual(tokenizer.encode(text));
  });

  it('keeps what stands around a text at its two ends', () => {
    const json = tokenizer.toJSON();
    const post = { type: 'BertProcessing', sep: ['!', 0], cls: ['"', 1] };
    const framed = tokenizerFromJSON({ ...json, post_processor: post });
    const stream = new StreamEncoder(framed, { longestWait: 100 });
    const ids = [...chunksOf(30)].flatMap((chunk) => stream.push(chunk));
    expect([...ids, ...stream.end()]).toEqual(framed.encode(text));
  });

  it('must let a surrogate pair wait', () => {
    expect(() => new StreamEncoder(CharacterTokenizer.train('a'), { longestWait: 1 })).toThrow('longestWait is 1; expected a number of at least 2.');
  });

  it('cuts before the white space of the last line break, else between characters', () => {
    expect(lastResort('ab  \r\n cd\nef')).toBe('ab  \r\n cd'.length);
    expect(lastResort('ab \n\n')).toBe(2);
    expect(lastResort('\n\nab')).toBe(4);
    expect(lastResort('ab\ud83d')).toBe(2);
    expect(lastResort('ab😀')).toBe(4);
  });
});

it('a word of 400,000 letters becomes tokens of up to 262,144 letters, in near-linear time', () => {
  // Merging each of these long tokens by scanning would take minutes, and this test would run out of its time.
  const word = 'a'.repeat(400_000);
  const tokenizer = BytePairTokenizer.train(word, { vocabSize: 300 });
  const ids = tokenizer.encode(word);
  expect(tokenizer.decode(ids)).toBe(word);
  expect(ids.map((id) => tokenizer.tokenBytes(id).length)).toEqual([262_144, 131_072, 4096, 2048, 512, 128]);
});
