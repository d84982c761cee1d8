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

  it('takes a word as the file writes it where only capital letters differ, and says so', async () => {
    const expected = await run('neighbours', 'random.txt', 'woman', '--top', '3');
    const { exitCode, stderr, last } = await kk(['embed', 'neighbours', 'random.txt', 'WOMAN', '--top', '3', '--json'], { cwd });
    expect({ exitCode, stderr, answer: last() }).toEqual({ exitCode: 0, stderr: 'Taken as the file writes it: woman for WOMAN\n', answer: expected[0] });
    // Both are there: each is its own.
    writeFileSync(join(cwd, 'cased.txt'), '3 2\nreis 1 0\nReis 0 1\nBrot 1 1\n');
    expect((await run('neighbours', 'cased.txt', 'Reis', 'reis')).map(({ word }) => word)).toEqual(['Reis', 'reis']);
    expect((await kk(['embed', 'odd', 'cased.txt', 'REIS', 'BROT', 'Reis'], { cwd })).stderr).toBe('Taken as the file writes it: reis for REIS, Brot for BROT\n');
    expect((await fails('odd', 'cased.txt', 'REIS', 'reis', 'Brot')).stderr).toContain("'reis' is given twice.");
    const { stdout } = await kk(['embed', 'analogy', 'random.txt', 'KING', 'queen', 'Man', '--top', '1'], { cwd });
    expect(stdout).toMatch(/^ King is to Queen as man is to \.\.\.\n {3}woman /);
    const similar = await kk(['embed', 'similarity', 'cased.txt', 'BROT reis', 'Reis nobody'], { cwd });
    expect(similar.stderr).toBe('Taken as the file writes it: Brot for BROT\nWithout a vector, and left out: nobody\n');
    // By n-grams every word has a vector; that of the other spelling is only mentioned.
    expect((await kk(['embed', 'neighbours', 'fasttext.bin', 'HUND'], { cwd })).stdout).toContain(' HUND, known by its n-grams only; hund has a vector of its own\n');
  });

  it('names a word that it does not have', async () => {
    expect(await fails('neighbours', 'random.txt', 'w1', 'nobody')).toEqual({ exitCode: 1, stderr: "kk: random.txt has no vector for 'nobody'.\n    It has 125 words; ask for another one.\n" });
    expect((await fails('neighbours', 'random.txt', 'woman', '--limit', '1')).stderr).toBe("kk: random.txt has no vector for 'woman'.\n    Only its first word was read: give a larger --limit, or ask for another one.\n");
    expect((await fails('neighbours', 'random.txt', 'woman', '--limit', '9')).stderr).toContain('Only its first 9 words were read');
    expect((await fails('neighbours', 'random.txt')).exitCode).toBe(2);
  });
});

describe('vectors of zeros', () => {
  beforeAll(() => writeFileSync(join(cwd, 'zeros.txt'), '6 2\na 1 0\nb 0 1\nc 1 1\nd 2 1\nnull 0 0\nx -1 0\n'));

  it.each([
    ['neighbours', 'null'],
    ['odd', 'a', 'b', 'NULL'],
    ['analogy', 'a', 'null', 'b'],
    ['similarity', 'null', 'a'],
    ['project', 'map.svg', '--words', 'a', 'b', 'c', 'null'],
    ['project', 'map.svg', '--near', 'null'],
  ])('have no direction: %s %s ...', async (verb, ...words) => {
    const { exitCode, stderr } = await fails(verb, 'zeros.txt', ...words);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("kk: The vector of 'null' in zeros.txt is all zeros: it has no direction, and so nothing is near it.\n    Ask about another word.\n");
  });

  it('come from words that take each other back, too', async () => {
    expect(await fails('analogy', 'zeros.txt', '--plus', 'b', '--minus', 'b')).toEqual({ exitCode: 1, stderr: 'kk: b - b leaves nothing: it has no direction, and so no answer.\n    Ask with other words.\n' });
    expect((await fails('similarity', 'zeros.txt', 'a x', 'b')).stderr).toContain("The vectors of 'a x' in zeros.txt add up to zeros");
  });

  it('are on no map', async () => {
    expect((await kk(['embed', 'project', 'zeros.txt', 'zeros.html'], { cwd })).exitCode).toBe(0);
    expect((await kk(['embed', 'project', 'zeros.txt', 'near.html', '--near', 'a'], { cwd })).exitCode).toBe(0);
    for (const name of ['zeros.html', 'near.html']) expect(readFileSync(join(cwd, name), 'utf8')).not.toContain('"word":"null"');
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
  });

  it('refuses what asks nothing', async () => {
    writeFileSync(join(cwd, 'no-section.txt'), 'a b c d\n');
    writeFileSync(join(cwd, 'strangers.tsv'), 'x\ty\t1\n');
    expect(await fails('eval', 'random.txt', '--analogies', 'no-section.txt')).toEqual({ exitCode: 1, stderr: "kk: no-section.txt: line 1 comes before the first section; begin with a line ': name'.\n" });
    writeFileSync(join(cwd, 'strangers.txt'), ': all\na b c d\n');
    writeFileSync(join(cwd, 'blanks.tsv'), 'king queen 7\n');
    writeFileSync(join(cwd, 'comment.tsv'), '# none yet\n');
    writeFileSync(join(cwd, 'section.txt'), ': none yet\n');
    const hint = 'each has a word without a vector in random.txt.\n    Are the vectors of another language?\n';
    expect(await fails('eval', 'random.txt', '--similarities', 'strangers.tsv')).toEqual({ exitCode: 1, stderr: `kk: No pair of strangers.tsv can be asked: ${hint}` });
    expect(await fails('eval', 'random.txt', '--analogies', 'strangers.txt')).toEqual({ exitCode: 1, stderr: `kk: No analogy of strangers.txt can be asked: ${hint}` });
    // They know 'king', 'queen', 'man' and 'woman' only.
    expect(await fails('eval', 'random.txt', '--lang', 'de')).toEqual({ exitCode: 1, stderr: `kk: No question of --lang de can be asked: ${hint}` });
    expect((await fails('eval', 'random.txt', '--lang', 'de', '--limit', '9')).stderr).toContain('Give a larger --limit');
    expect((await fails('eval', 'random.txt', '--similarities', 'blanks.tsv')).stderr).toBe('kk: blanks.tsv, line 1: there is nothing to ask; expected two words and a number in each line, with tabulators between them.\n');
    expect((await fails('eval', 'random.txt', '--similarities', 'comment.tsv')).stderr).toContain('comment.tsv: there is nothing to ask');
    expect((await fails('eval', 'random.txt', '--analogies', 'section.txt')).stderr).toContain('expected a section such as ": capitals", below it lines of four words.');
    expect((await fails('eval', 'random.txt')).stderr).toContain('kk embed eval needs --analogies FILE or --similarities FILE or --lang LANG');
  });
});

describe('files of vectors', () => {
  it('are explained without options of the package', async () => {
    writeFileSync(join(cwd, 'latin1.txt'), Buffer.from('1 2\nK\xf6nig 1 2\n', 'latin1'));
    expect((await fails('neighbours', 'latin1.txt', 'a')).stderr).toBe('kk: Cannot read latin1.txt: word2vec text, line 2: the word is no UTF-8; write the file as UTF-8\n');
    writeFileSync(join(cwd, 'no.bin'), 'king 1 2\n');
    expect((await fails('neighbours', 'no.bin', 'a')).stderr).toMatch(/expected how many vectors of how many numbers there are, such as "3000 100"\n {4}If it has another format than its name says, give --format\.\n$/);
    expect((await fails('neighbours', 'no.bin', 'a', '--format', 'binary')).stderr).not.toContain('--format');
    writeFileSync(join(cwd, 'plain.vec.gz'), '1 2\na 1 2\n');
    expect((await fails('neighbours', 'plain.vec.gz', 'a')).stderr).toContain('Cannot read plain.vec.gz: it is not packed by gzip');
    writeFileSync(join(cwd, 'many.txt'), '1 2\na 1 2\nb 1 2\n');
    expect((await fails('neighbours', 'many.txt', 'a')).stderr).toContain('more than 1 vector, which');
  });

  it('do not come from standard input', async () => {
    const { exitCode, stderr } = await kk(['embed', 'neighbours', '-', 'king'], { cwd, input: gensimVectors });
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: 'kk: Word vectors cannot come from standard input: the name of their file says its format.\n    Write them to a file, and name it.\n' });
  });

  it('of GloVe may have a header', async () => {
    writeFileSync(join(cwd, 'glove.converted.txt'), gensimVectors);
    expectSame((await run('neighbours', 'glove.converted.txt', 'w0'))[0].neighbours, gensim.neighbours.w0);
  });

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
