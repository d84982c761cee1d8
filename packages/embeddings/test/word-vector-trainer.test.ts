// Training by prediction as its users see it: progress, pauses, stopping, seeds, and that it learns.
import { describe, expect, it } from 'vitest';
import { cosineSimilarity, type Corpus, readCorpus, trainWordVectors, type WordVectorOptions, WordVectorTrainer } from '../src/index.js';
import { finished } from '../src/training/steps.js';
import { littleCorpus } from './support/little-corpus.js';

const corpus = await readCorpus(littleCorpus({ sentences: 400 }), { minCount: 1 });
const options: WordVectorOptions = { width: 12, epochs: 3, subsample: 0 };
const train = (text: Corpus, more: WordVectorOptions = {}): Float32Array => finished(new WordVectorTrainer(text, { ...options, ...more }).steps()).matrix;

describe('the trainer', () => {
  it('gives the same bits for the same seed, and others for another', () => {
    expect(train(corpus)).toEqual(train(corpus));
    expect(train(corpus, { seed: 1 })).not.toEqual(train(corpus));
    expect(train(corpus, { seed: 2 ** 32 })).not.toEqual(train(corpus));
  });

  it('gives the same bits however the text is divided', () => {
    const trainer = new WordVectorTrainer(corpus, options);
    const sentences = corpus.starts.length - 1;
    while (!trainer.isDone) trainer.learnUntil(Math.min(sentences, trainer.sentence + 7));
    expect(trainer.vectors().matrix).toEqual(train(corpus));
  });

  it('cuts sentences of more than 1,000 words there', async () => {
    const words = Array.from({ length: 2500 }, (_, i) => `w${i % 17}`);
    const whole = await readCorpus([words], { minCount: 1 });
    const cut = await readCorpus([words.slice(0, 1000), words.slice(1000, 2000), words.slice(2000)], { minCount: 1 });
    expect(train(whole)).toEqual(train(cut));
    expect([...new WordVectorTrainer(whole, options).steps()]).toHaveLength(2 * 3); // 2,000 and 500 words, three epochs
  });

  it('goes through sentences without words', async () => {
    const text = littleCorpus({ sentences: 20 });
    const gaps = text.flatMap((sentence) => [[], sentence, []]);
    expect(train(await readCorpus(gaps, { minCount: 1 }))).toEqual(train(await readCorpus(text, { minCount: 1 })));
    const silent = new WordVectorTrainer(await readCorpus(['a', 'b'], { minCount: 1 }), options);
    finished(silent.steps());
    expect(silent.loss).toBeNaN(); // nobody has a neighbour
  });

  it('says how far it is: shares rise to 1, epochs are counted', () => {
    const trainer = new WordVectorTrainer(corpus, options);
    const shares = [...trainer.steps()];
    expect(shares.length).toBeGreaterThan(3);
    shares.forEach((share, i) => expect(share).toBeGreaterThan(shares[i - 1] ?? 0));
    expect(shares.at(-1)).toBe(1);
    expect(trainer.epoch).toBe(3);
    expect(() => trainer.learnUntil(1)).toThrow('all 3 epochs are done');
  });

  it.each<WordVectorOptions>([{}, { model: 'cbow' }, { loss: 'hierarchical-softmax' }, { subwords: { buckets: 100 } }])('learns: its loss falls, with %o', async (more) => {
    // Three kinds of sentences, whose words say which kind it is.
    const kinds = littleCorpus({ sentences: 300, words: 6 }).map((words, s) => words.map((word) => `${word}of${s % 3}`));
    const trainer = new WordVectorTrainer(await readCorpus(kinds, { minCount: 1 }), { ...options, epochs: 10, learningRate: 0.1, ...more });
    trainer.learnUntil(1);
    const first = trainer.loss;
    // Every question is answered by 0.5 at first: one for the word and five for others, or one for each step of a path.
    if (more.loss === undefined) expect(Math.abs(first - 6 * Math.log(2))).toBeLessThan(0.2);
    const losses = [];
    for (const share of trainer.steps()) if (share > 0) losses.push(trainer.loss);
    const last = losses.slice(-10).reduce((sum, loss) => sum + loss / 10, 0);
    expect(last).toBeLessThan(0.75 * first);
  });

  it('goes on when somebody else has trained it to the end', () => {
    const trainer = new WordVectorTrainer(corpus, options);
    const steps = trainer.steps();
    steps.next();
    while (!trainer.isDone) trainer.learnUntil(400);
    expect(steps.next()).toMatchObject({ done: true });
    expect(trainer.vectors().matrix).toEqual(train(corpus));
  });

  it('shows vectors while it learns', () => {
    const trainer = new WordVectorTrainer(corpus, options);
    const before = trainer.vectors();
    expect(Math.max(...before.matrix.map(Math.abs))).toBeLessThanOrEqual(Math.fround(1 / 12));
    trainer.learnUntil(100);
    expect(trainer.vectors().matrix).not.toEqual(before.matrix);
    expect(trainer.sentence).toBe(100);
    expect(() => trainer.learnUntil(100)).toThrow('cannot learn until sentence 100; expected an integer from 101 to 400');
    expect(() => trainer.learnUntil(401)).toThrow('expected an integer from 101 to 400');
  });

  it('keeps the buckets of n-grams that words need, and words are the mean of theirs', () => {
    const vectors = finished(new WordVectorTrainer(corpus, { ...options, subwords: { minLength: 2, maxLength: 3, buckets: 1000 } }).steps());
    const { present, matrix } = vectors.subwords!;
    expect(matrix).toHaveLength(present!.length * 12);
    expect(present!.length).toBeLessThan(200);
    expect([...present!]).toEqual([...present!].sort((a, b) => a - b));
    expect(vectors.vector('w1w')).toHaveLength(12); // never seen, made of n-grams that were
    expect(cosineSimilarity(vectors.vector('w12x')!, vectors.vector('w12')!)).toBeGreaterThan(0.5);
  });

  it.each<[WordVectorOptions, string]>([
    [{ width: 0 }, 'width is 0; expected an integer from 1 to 65536'],
    [{ window: 1.5 }, 'window is 1.5; expected an integer from 1 to 1000'],
    [{ negatives: 0 }, 'negatives is 0; expected an integer from 1 to 1000'],
    [{ epochs: 0 }, 'epochs is 0; expected an integer from 1'],
    [{ learningRate: 0 }, 'learningRate is 0; expected a number above 0'],
    [{ subsample: -1 }, 'subsample is -1; expected a number from 0'],
    [{ exponent: NaN }, 'exponent is NaN; expected a number from 0'],
    [{ seed: -1 }, 'seed is -1; expected an integer from 0'],
    [{ subwords: { minLength: 4, maxLength: 3 } }, 'subwords.maxLength is 3; expected an integer from 4'],
    [{ subwords: { buckets: 2 ** 32 } }, 'subwords.buckets is 4294967296; expected an integer from 1 to 4294967295'],
    [{ model: 'bow' as 'cbow' }, "model is bow; expected 'skip-gram' or 'cbow'"],
    [{ loss: 'softmax' as 'negative-sampling' }, "loss is softmax; expected 'negative-sampling' or 'hierarchical-softmax'"],
    [{ loss: 'hierarchical-softmax', negatives: 3 }, 'negatives belongs to negative sampling'],
    [{ windows: 3 } as WordVectorOptions, "unknown option 'windows', did you mean 'window'?"],
  ])('refuses %o', (wrong, message) => {
    expect(() => new WordVectorTrainer(corpus, wrong)).toThrow(message);
  });

  it('says what to do when there is no memory for so much', () => {
    const words = Array.from({ length: 20_000 }, (_, i) => `w${i}`);
    const large: Corpus = { words, counts: new Uint32Array(words.length).fill(1), tokens: Uint32Array.of(0, 1), starts: Uint32Array.of(0, 2) };
    expect(() => new WordVectorTrainer(large, { width: 65_536 })).toThrow('There is no memory for the vectors: training needs');
  });
});

describe('trainWordVectors', () => {
  it('is reading and training in one', async () => {
    const shares: number[] = [];
    const vectors = await trainWordVectors(littleCorpus({ sentences: 400 }), { ...options, minCount: 1, onProgress: (share) => shares.push(share) });
    expect(vectors.words).toEqual(corpus.words);
    expect(vectors.matrix).toEqual(train(corpus));
    expect(shares.at(-1)).toBe(1);
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    let last = 0;
    const training = trainWordVectors(littleCorpus({ sentences: 400 }), {
      ...options,
      epochs: 1_000_000,
      minCount: 1,
      signal: stop.signal,
      onProgress: (share) => {
        last = share;
        if (share > 1e-5) stop.abort(new Error('stopped by the reader'));
      },
    });
    await expect(training).rejects.toThrow('stopped by the reader');
    expect(last).toBeLessThan(0.5);
  });
});
