// irstlm reads ARPA files that we wrote and gives every token the same score (needs Debian's irstlm; it is a failure if it is not there).
// With KK_WRITE_FIXTURES=1 its answers become test/fixtures/irstlm.json, which the tests of every day compare with.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { markovToArpa, type Smoothing, TextMarkov } from '../src/index.js';

const folder = mkdtempSync(join(tmpdir(), 'markov-irstlm-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { text } = JSON.parse(readFileSync(new URL('../test/fixtures/nltk.json', import.meta.url), 'utf8')) as { text: string };
const heldOut = 'der hund bellt nicht\ndie katze sieht den wolf\nder elefant bellt laut\nwer sieht den hund\nlaut laut laut';
const smoothings: Smoothing[] = ['witten-bell', 'witten-bell-backoff', 'absolute', 'absolute-backoff', 'katz', 'kneser-ney', 'kneser-ney-backoff', 'modified-kneser-ney', 'modified-kneser-ney-backoff', 'jelinek-mercer:0.8,0.6,0.4'];
const answers: Record<string, { tokens: number[]; sum: number }> = {};

/** What compile-lm says of each token, log10 to two digits. */
function evaluated(markov: TextMarkov): { tokens: number[]; sum: number } {
  writeFileSync(join(folder, 'model.arpa'), markovToArpa(markov));
  writeFileSync(join(folder, 'text'), `${heldOut.split('\n').map((line) => `<s> ${line} </s>`).join('\n')}\n`);
  // Unknown words cost the logarithm of the words between the vocabulary and this bound: one word is none.
  const bound = `--dub=${markov.tokens.length + 1}`;
  const said = execFileSync('irstlm', ['compile-lm', 'model.arpa', '--eval=text', '--debug=2', bound], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const tokens = [...said.matchAll(/\[\d-gram\] (\S+)/g)].map(([, score]) => Number(score));
  return { tokens, sum: Number(/logPr=(\S+)/.exec(said)?.[1]) };
}

describe.each(smoothings)('%s', (smoothing) => {
  it('is the same in irstlm', () => {
    const markov = TextMarkov.train(text, { unit: 'whitespace', order: 2, sentences: true, unknowns: true, smoothing });
    const answer = evaluated(markov);
    const { tokens, nats } = markov.evaluate(heldOut);
    expect(answer.tokens).toHaveLength(tokens);
    expect(Math.abs(answer.sum + nats / Math.LN10)).toBeLessThan(0.00501);
    answers[smoothing] = answer;
  });
});

it('gives the fixture', () => {
  const path = new URL('../test/fixtures/irstlm.json', import.meta.url);
  if (process.env.KK_WRITE_FIXTURES === '1') writeFileSync(path, `${JSON.stringify({ text, heldOut, answers })}\n`);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ text, heldOut, answers });
});
