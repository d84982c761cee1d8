// Asks the question that both measures of importance share: how probable one token is after the text.
import { argmax, checkOptions, logProbabilities, reshape, slice, type OptionNames, type Tensor } from '@kk/nn-core';
import type { Transformer } from '../model/transformer.js';
import { checkText } from './inspection.js';
import { checkIndex, checkInterventions, type Interventions } from './interventions.js';

export interface ImportanceOptions {
  /** The token whose log-probability after the text is explained. Default: the most probable one. */
  target?: number;
  /** What is changed in the model anyway; default nothing. */
  interventions?: Interventions;
}

export interface Importance {
  /** The token that is explained. */
  readonly target: number;
  /** Its log-probability after the text, in nats. */
  readonly logProbability: number;
  /** A number for each position, in nats. Above 0: the token there made the target more probable. */
  readonly importance: Float64Array;
}

const OPTIONS: OptionNames<ImportanceOptions> = { target: 'optional', interventions: 'optional' };

/**
 * Checks text and options, and gives the interventions.
 * @throws RangeError when something does not fit the model; TypeError when a name is unknown
 */
export function checkQuestion(owner: string, model: Transformer, ids: ArrayLike<number>, options: ImportanceOptions): Interventions {
  checkOptions(owner, options, OPTIONS);
  const time = checkText(owner, model, ids);
  const { target, interventions = {} } = options;
  if (target !== undefined) checkIndex(`${owner}: target`, target, model.config.vocabSize);
  checkInterventions(model, time, interventions);
  return interventions;
}

/**
 * The log-probability of the target after the last position, or of the most probable token.
 * @param stream the residual stream after the last block, (batch, time, width)
 * @returns target int32 (batch), and logProbability (batch)
 */
export function answerTo(model: Transformer, stream: Tensor, target: number | undefined): { target: Tensor; logProbability: Tensor } {
  const [batch, time] = stream.shape as [number, number, number];
  const logits = reshape(model.logits(slice(stream, 1, time - 1, 1)), [batch, model.config.vocabSize]);
  const targets = target === undefined ? argmax(logits, 1) : model.engine.tensor(new Int32Array(batch).fill(target), [batch], 'int32');
  return { target: targets, logProbability: logProbabilities(logits, targets) };
}
