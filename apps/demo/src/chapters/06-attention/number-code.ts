// The code behind the figure "from the model to a number", and what it prints.
import type { OneHead } from '../../lab/jobs/one-head.js';
import { lookedAt, opening, type Code } from './code.js';
import { oneNumber } from './one-number.js';

/** One weight, from its query and key. */
export function numberCode(input: { model: string; text: string }, shown: OneHead, at: number, to: number): Code {
  const { sum, score, weight } = oneNumber(shown, at, to);
  const source = [
    ...opening(lookedAt(input.model, input.text, shown), [`import { inspect } from '@kk/gpt/explain';`]),
    `const { query, key, weights } = await inspect(model, ids).head(${shown.layer}, ${shown.head}); // counted from 0`,
    `const size = query.length / ids.length; // the numbers of each query and key`,
    `const [at, to] = [${at}, ${to}]; // the place that looks, and the one that is looked at`,
    `let sum = 0;`,
    `for (let i = 0; i < size; i++) sum += query[at * size + i] * key[to * size + i];`,
    `console.log('sum', sum.toFixed(2));`,
    `console.log('score', (sum / Math.sqrt(size)).toFixed(2));`,
    `console.log('weight', weights[at * ids.length + to].toFixed(3));`,
  ].join('\n');
  return { source, prints: `sum ${sum.toFixed(2)}\nscore ${score.toFixed(2)}\nweight ${weight.toFixed(3)}` };
}
