// Finds which earlier tokens mattered: hides each of them from all others, and sees how the answer changes.
import type { AttentionLink } from '@kk/attention';
import { expand } from '@kk/nn-core';
import type { Transformer } from '../model/transformer.js';
import { runBlocks, withPositions } from './forward-with.js';
import { answerTo, checkQuestion, type Importance, type ImportanceOptions } from './importance.js';
import type { Interventions } from './interventions.js';

/** How many scores, sequences * heads * time^2, one pass may hold: some 20 MB with all that is computed from them. */
const SCORES_AT_ONCE = 2 ** 20;

/**
 * For each token before the last one: the log-probability of the target, minus that when no other position can look at this token, in all
 * heads of all layers (attention knockout, Geva et al. 2023, "Dissecting Recall of Factual Associations"). The token keeps its place, so
 * the others keep their positions.
 *
 * It computes one forward pass for each earlier token, several in a batch, with the weights of all heads stored: time^2 tokens in all.
 * @param ids 1 to contextLength token ids
 * @returns importance (time - 1)
 * @throws RangeError when ids or options do not fit the model; TypeError when a name is unknown
 */
export async function importanceByAblation(model: Transformer, ids: ArrayLike<number>, options: ImportanceOptions = {}): Promise<Importance> {
  const interventions = checkQuestion('importanceByAblation', model, ids, options);
  const time = ids.length;
  const { targets, logProbabilities } = await answers(model, ids, interventions, options.target, [null]);
  const [target, logProbability] = [targets[0]!, logProbabilities[0]!];
  const importance = new Float64Array(time - 1);
  const atOnce = Math.max(1, Math.floor(SCORES_AT_ONCE / (model.config.heads * time * time)));
  for (let from = 0; from < time - 1; from += atOnce) {
    const hidden = Array.from({ length: Math.min(atOnce, time - 1 - from) }, (_, i) => from + i);
    const without = await answers(model, ids, interventions, target, hidden);
    for (const [i, position] of hidden.entries()) importance[position] = logProbability - without.logProbabilities[i]!;
  }
  return { target, logProbability, importance };
}

/** The answers of a batch of the same text, in which each sequence hides one position, or none. */
async function answers(model: Transformer, ids: ArrayLike<number>, interventions: Interventions, target: number | undefined, hidden: readonly (number | null)[]): Promise<{ targets: number[]; logProbabilities: number[] }> {
  const { engine, config } = model;
  const time = ids.length;
  const answer = engine.noGradient(() =>
    engine.scope(() => {
      const start = withPositions(model, model.tokens.forward(engine.tensor(ids, [1, time], 'int32')), interventions);
      const cuts = hidden.flatMap((position, sequence) => (position === null ? [] : linksOfOthersTo(position, sequence, time)));
      const blocks = runBlocks(model, expand(start, [hidden.length, time, config.width]), interventions, cuts);
      return answerTo(model, blocks.at(-1)!.stream, target);
    }),
  );
  const found = { targets: Array.from(await answer.target.data()), logProbabilities: Array.from(await answer.logProbability.data()) };
  answer.target.dispose();
  answer.logProbability.dispose();
  return found;
}

/** The links to a position from all others: from later ones, and from earlier ones where the mask is lifted. */
function linksOfOthersTo(key: number, sequence: number, time: number): AttentionLink[] {
  return Array.from({ length: time }, (_, query) => ({ sequence, query, key })).filter(({ query }) => query !== key);
}
