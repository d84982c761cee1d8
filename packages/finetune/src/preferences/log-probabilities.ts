// Computes how probable a model finds answers: of each token, and summed over an answer.
import type { Transformer } from '@kk/gpt';
import { checkOptions, logProbabilities, sum, type OptionNames, type Tensor } from '@kk/nn-core';
import { answerRows, placesOf, type Answered } from './data/answer-rows.js';

/**
 * The log-probability of each target from the ids up to its place, in nats; 0 where the target is negative, whatever stands there.
 * @param inputs int32 (rows, positions)
 * @param targets int32 (rows, positions): at each place the next id where it belongs to the answer, elsewhere a negative number
 * @returns (rows, positions)
 */
export const tokenLogProbabilities = (model: Transformer, inputs: Tensor, targets: Tensor): Tensor => logProbabilities(model.forward(inputs), targets);

/** The same, summed over each row: (rows). */
export const answerLogProbabilities = (model: Transformer, inputs: Tensor, targets: Tensor): Tensor => sum(tokenLogProbabilities(model, inputs, targets), 1);

export interface ScoreOptions {
  /** Positions of a row; default those of the longest answer with its prompt. Answers that are scored in rows of the same length have the same bits. */
  positions?: number;
  /** Rows that are computed at once; default 16. */
  batchSize?: number;
  /** Fills up rows; nothing reads it. Default 0. */
  padding?: number;
  signal?: AbortSignal | undefined;
}

const OPTIONS: OptionNames<ScoreOptions> = { positions: 'optional', batchSize: 'optional', padding: 'optional', signal: 'optional' };

/**
 * The log-probability of each answer after its prompt, in nats, summed over its tokens. No dropout.
 * @returns as many numbers as there are answers
 * @throws RangeError when an answer has no token, no prompt, or no room in a row, or a batch no rows; TypeError when an option is unknown; Error when
 * a number is not finite, because the weights are ruined; the signal's reason when it is aborted
 */
export async function scoreAnswers(model: Transformer, answered: readonly Answered[], options: ScoreOptions = {}): Promise<Float64Array> {
  checkOptions('scoreAnswers', options, OPTIONS);
  const { positions = Math.max(1, ...answered.map(placesOf)), batchSize = 16, padding = 0, signal } = options;
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) throw new RangeError(`scoreAnswers: batchSize is ${String(batchSize)}; expected a whole number of at least 1.`);
  const room = Math.min(positions, model.config.contextLength);
  const wrongLength = answered.findIndex((one) => one.prompt.length === 0 || one.answer.length === 0 || placesOf(one) > room);
  if (wrongLength >= 0) throw new RangeError(`scoreAnswers: answer ${wrongLength} has ${answered[wrongLength]!.answer.length} tokens after a prompt of ${answered[wrongLength]!.prompt.length}; expected at least one each, and ${room + 1} together at most.`);
  const { engine } = model;
  const scores = new Float64Array(answered.length);
  for (let start = 0; start < answered.length; start += batchSize) {
    signal?.throwIfAborted();
    const own = answered.slice(start, start + batchSize);
    const { inputs, targets } = answerRows(own, positions, padding);
    const shape = [own.length, positions];
    const sums = engine.scope(() => engine.noGradient(() => answerLogProbabilities(model, engine.tensor(inputs, shape, 'int32'), engine.tensor(targets, shape, 'int32'))));
    scores.set(await sums.data(), start);
    sums.dispose();
  }
  const wrong = scores.findIndex((score) => !Number.isFinite(score));
  if (wrong >= 0) throw new Error(`scoreAnswers: the log-probability of answer ${wrong} is ${scores[wrong]}: the weights of this model are not finite or far too large, as after a training that broke down. Take an earlier checkpoint.`);
  return scores;
}
