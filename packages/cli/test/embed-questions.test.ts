// Questions to word vectors: kk embed answers what gensim answers about the same vectors.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { gensim, gensimVectors } from './support/gensim.js';
import { kk, temporaryFolder } from './support/kk.js';

let cwd: string;

beforeAll(() => {
  cwd = temporaryFolder();
  writeFileSync(join(cwd, 'random.txt'), gensimVectors);
  const { subwords } = JSON.parse(readFileSync(new URL('../../embeddings/test/fixtures/fasttext.json', import.meta.url), 'utf8')) as { subwords: { file: string } };
  writeFileSync(join(cwd, 'fasttext.bin'), Buffer.from(subwords.file, 'base64'));
});

const run = async (...argv: string[]): Promise<Record<string, unknown>[]> => {
  const { exitCode, stderr, json } = await kk(['embed', ...argv, '--json'], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return json();
};

const fails = async (...argv: string[]): Promise<{ exitCode: number; stderr: string }> => {
  const { exitCode, stdout, stderr } = await kk(['embed', ...argv], { cwd });
  expect(stdout).toBe('');
  return { exitCode, stderr };
};

/** The same words in the same order; gensim computes in float32. */
function expectSame(found: unknown, expected: readonly [string, number][]): void {
  const list = found as { word: string; similarity: number }[];
  expect(list.map(({ word }) => word)).toEqual(expected.map(([word]) => word));
  list.forEach(({ similarity }, i) => expect(similarity).toBeCloseTo(expected[i][1], 5));
}

describe('kk embed neighbours', () => {
  it('finds those of gensim, for several words at once', async () => {
    const words = Object.keys(gensim.neighbours);
    const answers = await run('neighbours', 'random.txt', ...words);
    expect(answers.map(({ word }) => word)).toEqual(words);
    for (const { word, neighbours } of answers) expectSame(neighbours, gensim.neighbours[word as string]);
  });

  it('looks only at the first words when told, and shows as many as asked', async () => {
    // The fixture limits the search only, so that the word asked about may come later; here it has to be among the first.
    for (const word of ['w0', 'w5']) {
      const [{ neighbours }] = await run('neighbours', '--model', 'random.txt', '--words', word, '--limit', '50', '--top', '5');
      expectSame(neighbours, gensim.limited[word]);
    }
  });

  it('shows a bar a word, as long as its cosine', async () => {
    const { stdout } = await kk(['embed', 'neighbours', 'random.txt', 'w0', '--top', '2'], { cwd, columns: 40, env: { NO_COLOR: '1' } });
    // 40 columns without an indentation of 3, three characters of the word, five of the number and two blanks: 27; 0.799 of them are 21.6, 0.766 are 20.7.
    expect(stdout).toBe(` w0\n   w12 ${'█'.repeat(21)}▌      0.799\n   w67 ${'█'.repeat(20)}▋       0.766\n`);
  });

  it('knows words by their n-grams, and says so', async () => {
    const [{ fromSubwords, neighbours }] = await run('neighbours', 'fasttext.bin', 'hunde', '--top', '1');
    expect({ fromSubwords, neighbours }).toMatchObject({ fromSubwords: true, neighbours: [{ word: 'hund' }] });
    expect((await kk(['embed', 'neighbours', 'fasttext.bin', 'hunde'], { cwd })).stdout).toContain(' hunde, known by its n-grams only\n');
  });

  it('names a word that it does not have, and how it is written', async () => {
    expect(await fails('neighbours', 'random.txt', 'w1', 'nobody')).toEqual({ exitCode: 1, stderr: "kk: random.txt has no vector for 'nobody'.\n    It has 125 words; ask for another one.\n" });
    expect(await fails('neighbours', 'random.txt', 'WOMAN')).toEqual({ exitCode: 1, stderr: "kk: random.txt has no vector for 'WOMAN'.\n    It has 'woman'.\n" });
    expect((await fails('neighbours', 'random.txt')).exitCode).toBe(2);
  });
});

describe('kk embed analogy', () => {
  it.each([['add'], ['multiply']] as const)('answers as gensim, by --method %s', async (method) => {
    for (const [positive, negative, expected] of gensim[method]) {
      const minus = negative.length > 0 ? ['--minus', ...negative] : [];
      const [{ answers }] = await run('analogy', 'random.txt', '--plus', ...positive, ...minus, '--method', method, '--top', '5');
      expectSame(answers, expected);
    }
  });

  it('takes a, b and c for b - a + c', async () => {
    const [[, , expected]] = gensim.add.filter(([positive]) => positive.includes('Queen'));
    const [answer] = await run('analogy', 'random.txt', 'King', 'Queen', 'man', '--top', '5');
    expectSame(answer.answers, expected);
    expect(answer).toMatchObject({ positive: ['Queen', 'man'], negative: ['King'], method: 'add' });
    const { stdout } = await kk(['embed', 'analogy', 'random.txt', 'King', 'Queen', 'man', '--top', '1'], { cwd });
    expect(stdout).toMatch(/^ King is to Queen as man is to \.\.\.\n {3}woman █+\S* +0\.964\n$/);
    expect((await kk(['embed', 'analogy', 'random.txt', '--plus', 'w1', 'w2', '--minus', 'w3'], { cwd })).stdout).toMatch(/^ w1 \+ w2 - w3\n/);
  });

  it('refuses another number of words', async () => {
    expect(await fails('analogy', 'random.txt', 'w1')).toEqual({ exitCode: 2, stderr: 'kk: 1 word is given; an analogy has three, such as man king woman.\n    Give three words, or --plus and --minus.\n' });
    expect((await fails('analogy', 'random.txt', 'w1', 'w2', 'w3', 'w4')).stderr).toContain('4 words are given');
    expect((await fails('analogy', 'random.txt')).stderr).toContain('needs --words WORD... or --plus WORD...');
    expect((await fails('analogy', 'random.txt', '--plus', 'w1', '--words', 'w1', 'w2', 'w3')).stderr).toContain('--plus cannot be given with --words');
  });
});

describe('kk embed odd', () => {
  it('finds the word of gensim, with the same order', async () => {
    for (const [words, odd, ranked] of gensim.odd) {
      const [answer] = await run('odd', 'random.txt', ...words);
      expect(answer.odd).toBe(odd);
      expectSame(answer.words, ranked.map(([similarity, word]): [string, number] => [word, similarity]));
    }
    expect((await kk(['embed', 'odd', 'random.txt', ...gensim.odd[0][0]], { cwd })).stdout).toContain(` ${gensim.odd[0][1]} does not go with the others.\n`);
  });

  it('needs three words, each once', async () => {
    expect(await fails('odd', 'random.txt', 'w1', 'w2')).toEqual({ exitCode: 2, stderr: 'kk: 2 words are given; of two, neither is the odd one.\n    Give three words or more.\n' });
    expect((await fails('odd', 'random.txt', 'w1', 'w2', 'w1')).stderr).toContain("'w1' is given twice.");
  });
});

describe('kk embed similarity', () => {
  it('of sentences is that of gensim', async () => {
    for (const [a, b, expected] of gensim.sentences) {
      const [{ similarities }] = await run('similarity', 'random.txt', a.join(' '), b.join(' '));
      expect((similarities as { similarity: number }[])[0].similarity).toBeCloseTo(expected, 6);
    }
  });

  it('of words is that of their neighbours, for all pairs', async () => {
    const [first] = gensim.neighbours.w0;
    const [{ texts, similarities }] = await run('similarity', 'random.txt', 'w0', first[0], 'w5');
    expect(texts).toEqual(['w0', first[0], 'w5'].map((text) => ({ text, unknown: [] })));
    expect((similarities as { a: string; b: string }[]).map(({ a, b }) => [a, b])).toEqual([['w0', first[0]], ['w0', 'w5'], [first[0], 'w5']]);
    expect((similarities as { similarity: number }[])[0].similarity).toBeCloseTo(first[1], 5);
    expect((await kk(['embed', 'similarity', 'random.txt', 'w0', first[0]], { cwd })).stdout).toMatch(/^ w0 – w12 █+\S* +0\.799\n$/);
  });

  it('leaves out unknown words of a sentence, and says so', async () => {
    const [{ texts, similarities }] = await run('similarity', 'random.txt', 'w1 nobody w2', 'w1 w2');
    expect(texts).toMatchObject([{ unknown: ['nobody'] }, { unknown: [] }]);
    expect((similarities as { similarity: number }[])[0].similarity).toBeCloseTo(1, 12);
    expect((await kk(['embed', 'similarity', 'random.txt', 'w1 nobody', 'w1'], { cwd })).stderr).toBe('Without a vector, and left out: nobody\n');
    expect(await fails('similarity', 'random.txt', 'no body', 'w1')).toEqual({ exitCode: 1, stderr: "kk: random.txt has no vector for any word of 'no body'.\n" });
    expect((await fails('similarity', 'random.txt', 'w1', 'nobody')).stderr).toContain("no vector for 'nobody'");
    expect(await fails('similarity', 'random.txt', 'w1')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('1 text is given; expected 2 to 40.') as string });
    expect((await fails('similarity', 'random.txt', 'w1', ' ')).stderr).toContain('A text is empty');
  });
});

describe('kk embed eval', () => {
  beforeAll(() => {
    writeFileSync(join(cwd, 'analogies.txt'), gensim.analogies);
    writeFileSync(join(cwd, 'pairs.tsv'), `word\tother\tscore\n${gensim.pairs}`);
  });

  it.each([
    ['evaluation', []],
    ['unknownIsWrong', ['--unknown', 'wrong']],
    ['caseSensitive', ['--cased', '--limit', '122']],
  ] as const)('measures what gensim does: %s', async (name, more) => {
    const expected = gensim[name];
    const [answer] = await run('eval', 'random.txt', '--analogies', 'analogies.txt', '--similarities', 'pairs.tsv', ...more);
    const { sections, total, invalidLines } = answer.analogies as { sections: Record<string, number>[]; total: Record<string, number>; invalidLines: number[] };
    const figures = expected.sections.map(({ correct, incorrect }) => ({ correct: correct.length, incorrect: incorrect.length }));
    expect([...sections, total]).toMatchObject(figures);
    expect(total.accuracy).toBeCloseTo(expected.score, 12);
    expect(invalidLines).toEqual([]);
    const similarities = answer.similarities as Record<string, number>;
    for (const figure of ['pearson', 'spearman', 'unknownPercent'] as const) expect(similarities[figure]).toBeCloseTo(expected[figure], 5);
    expect(similarities.invalidLines).toEqual([1]);
    expect(answer.course).toBe(null);
  });

  it('shows sections with bars, and what was left out', async () => {
    const { stdout, exitCode } = await kk(['embed', 'eval', 'random.txt', '--analogies', 'analogies.txt', '--similarities', 'pairs.tsv'], { cwd });
    expect(exitCode).toBe(0);
    const [royal] = gensim.evaluation.sections;
    expect(stdout).toMatch(new RegExp(`^ royal +█* +${royal.correct.length} of ${royal.correct.length + royal.incorrect.length}$`, 'm'));
    expect(stdout).toContain(`${gensim.evaluation.spearman.toFixed(3)} (correlation of ranks)`);
    expect(stdout).toMatch(/No pairs +line 1$/m);
  });

  it("asks the course's questions: vectors of its sentences answer nine of ten", async () => {
    expect((await kk(['embed', 'train', '--lang', 'en', '--seed', '1', '--out', 'course.safetensors'], { cwd })).exitCode).toBe(0);
    const [{ course }] = await run('eval', 'course.safetensors', '--lang', 'en');
    const scores = course as { kind: string; right: number; asked: number; unknown: number }[];
    expect(scores.map(({ kind, asked, unknown }) => ({ kind, asked, unknown }))).toEqual([{ kind: 'neighbour', asked: 43, unknown: 0 }, { kind: 'analogy', asked: 21, unknown: 0 }]);
    expect((scores[0].right + scores[1].right) / 64).toBeGreaterThanOrEqual(0.9);
    // Others know 'king', 'queen', 'man' and 'woman' only.
    const [{ course: other }] = await run('eval', 'random.txt', '--lang', 'de');
    expect(other).toEqual([{ kind: 'neighbour', right: 0, asked: 0, unknown: 43 }, { kind: 'analogy', right: 0, asked: 0, unknown: 21 }]);
  });

  it('refuses what asks nothing', async () => {
    writeFileSync(join(cwd, 'no-section.txt'), 'a b c d\n');
    writeFileSync(join(cwd, 'strangers.tsv'), 'x\ty\t1\n');
    expect(await fails('eval', 'random.txt', '--analogies', 'no-section.txt')).toEqual({ exitCode: 1, stderr: "kk: no-section.txt: line 1 comes before the first section; begin with a line ': name'.\n" });
    expect((await fails('eval', 'random.txt', '--similarities', 'strangers.tsv')).stderr).toBe('kk: None of the 1 pairs can be compared, for 1 have a word without a vector.\n');
    expect((await fails('eval', 'random.txt')).stderr).toContain('kk embed eval needs --analogies FILE or --similarities FILE or --lang LANG');
  });
});

describe('files of vectors', () => {
  it('that are malformed are named with the place', async () => {
    writeFileSync(join(cwd, 'short.txt'), '2 2\na 1 2\nb 1\n');
    expect(await fails('neighbours', 'short.txt', 'a')).toEqual({ exitCode: 1, stderr: 'kk: Cannot read short.txt: word2vec text, line 3: there are fewer than 2 numbers: "b 1"\n' });
    writeFileSync(join(cwd, 'no-words.txt'), '0 2\n');
    expect((await fails('neighbours', 'no-words.txt', 'a')).stderr).toContain('no-words.txt has no words.');
    expect(await fails('odd', 'missing.txt', 'a', 'b', 'c')).toEqual({ exitCode: 1, stderr: 'kk: Cannot read missing.txt: there is no such file or folder.\n    Train word vectors with kk embed train.\n' });
  });

  it('are of the format that --format says', async () => {
    writeFileSync(join(cwd, 'glove'), gensimVectors.slice(gensimVectors.indexOf('\n') + 1));
    const [{ neighbours }] = await run('neighbours', 'glove', 'w0', '--format', 'glove');
    expectSame(neighbours, gensim.neighbours.w0);
    expect((await fails('neighbours', 'glove', 'w0', '--format', 'binary')).exitCode).toBe(1);
  });
});
