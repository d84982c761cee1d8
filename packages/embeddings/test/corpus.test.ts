// Reading sentences: words, counts, numbers; streams, vocabularies, and what is refused.
import { describe, expect, it } from 'vitest';
import { type Corpus, readCorpus, type Sentences } from '../src/index.js';

const text = ['the cat sees the dog', '', '  the dog\tsleeps ', ['a', 'cat', 'the']] as const;
/** The sentences as words again. */
const sentences = ({ words, tokens, starts }: Corpus): string[] => Array.from({ length: starts.length - 1 }, (_, s) => [...tokens.subarray(starts[s], starts[s + 1])].map((token) => words[token]).join(' '));

async function* slowly<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) {
    await Promise.resolve();
    yield item;
  }
}

describe('readCorpus', () => {
  it('numbers words by their counts, and drops rare ones', async () => {
    const all = await readCorpus(text, { minCount: 1 });
    expect(all.words).toEqual(['the', 'cat', 'dog', 'sees', 'sleeps', 'a']);
    expect([...all.counts]).toEqual([4, 2, 2, 1, 1, 1]);
    expect(sentences(all)).toEqual(['the cat sees the dog', '', 'the dog sleeps', 'a cat the']);
    const frequent = await readCorpus(text, { minCount: 2 });
    expect(frequent.words).toEqual(['the', 'cat', 'dog']);
    expect(sentences(frequent)).toEqual(['the cat the dog', '', 'the dog', 'cat the']);
    expect((await readCorpus(text, { minCount: 1, maxWords: 2 })).words).toEqual(['the', 'cat']);
  });

  it('takes a given vocabulary, in its order', async () => {
    const corpus = await readCorpus(text, { vocabulary: ['bird', 'dog', 'the'] });
    expect(corpus.words).toEqual(['bird', 'dog', 'the']);
    expect([...corpus.counts]).toEqual([0, 2, 4]);
    expect(sentences(corpus)).toEqual(['the the dog', '', 'the dog', 'the']);
  });

  it('reads streams once, and gives the same', async () => {
    const list = await readCorpus(text, { minCount: 2 });
    expect(await readCorpus(slowly(text), { minCount: 2 })).toEqual(list);
    expect(await readCorpus(text.values(), { minCount: 2 })).toEqual(list);
  });

  it('keeps more words than its first memory holds', async () => {
    const corpus = await readCorpus(Array.from({ length: 900 }, () => 'x y x'), { minCount: 1 });
    expect([...corpus.counts]).toEqual([1800, 900]);
    expect(corpus.tokens).toHaveLength(2700);
  });

  it('refuses what it cannot read', async () => {
    await expect(readCorpus('a text' as unknown as Sentences)).rejects.toThrow('sentences is one text; expected a list or stream of sentences');
    await expect(readCorpus(7 as unknown as Sentences)).rejects.toThrow('sentences is 7');
    await expect(readCorpus([['a', 'b'], 3 as unknown as string])).rejects.toThrow('sentence 1 is 3; expected a string or a list of words');
    await expect(readCorpus([['a', 3 as unknown as string]])).rejects.toThrow('sentence 0 has the word 3; expected strings');
    await expect(readCorpus(text, { minCount: 4 })).rejects.toThrow('the text has 1 of the words to keep; expected at least two');
    await expect(readCorpus([], {})).rejects.toThrow('the text has 0 of the words to keep');
    await expect(readCorpus(text, { vocabulary: ['the', 'unknown'] })).rejects.toThrow('the text has 1 of the words');
    await expect(readCorpus(text, { vocabulary: ['the', 'the'] })).rejects.toThrow('the word "the" twice');
    await expect(readCorpus(text, { vocabulary: ['a', 'the'], minCount: 2 })).rejects.toThrow('give either');
    await expect(readCorpus(text, { minCount: 0 })).rejects.toThrow('minCount is 0; expected an integer from 1');
    await expect(readCorpus(text, { maxWords: 1 })).rejects.toThrow('maxWords is 1; expected an integer from 2');
    await expect(readCorpus(text, { mincount: 1 } as object)).rejects.toThrow("unknown option 'mincount', did you mean 'minCount'?");
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(readCorpus(text, { signal: stop.signal })).rejects.toThrow('enough');
    // A stream without an end.
    const later = new AbortController();
    async function* endless(): AsyncGenerator<string> {
      for (let n = 0; ; n++) {
        if (n === 1000) later.abort(new Error('enough of this'));
        yield 'on and on';
      }
    }
    await expect(readCorpus(endless(), { signal: later.signal })).rejects.toThrow('enough of this');
  });
});
