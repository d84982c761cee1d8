// Evaluates a model on rows: the loss over their targets. `evaluate` does it on a whole text.
import { checkOptions, type OptionNames, type Tensor } from '@kk/nn-core';
import type { TrainingRows } from '../data/training-rows.js';
import type { Transformer } from '../model/transformer.js';
import type { Evaluation } from './evaluate.js';
import { yieldToEventLoop } from './event-loop.js';
import { packedLoss } from './packed-loss.js';

export interface EvaluateRowsOptions {
  /** How many rows, from row 0 on. */
  rows: number;
  /** The number of rows computed at once, default 8. It changes the result only by rounding. */
  batchSize?: number;
  /** Called with the number of rows done so far, and the total. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

const OPTIONS: OptionNames<EvaluateRowsOptions> = { rows: 'required', batchSize: 'optional', onProgress: 'optional', signal: 'optional' };

/**
 * The mean cross-entropy over all targets of the rows, each of which counts the same, however many its row has. Packed rows are computed as
 * in training: documents do not see each other. No dropout.
 * @returns a loss of NaN, and a perplexity of NaN, where the rows have no target
 * @throws RangeError when the rows do not fit the model, or an option is out of range; TypeError when one is unknown; Error when the loss is
 * not finite, because the weights are ruined; the signal's reason when it is aborted
 */
export async function evaluateRows(model: Transformer, rows: TrainingRows, options: EvaluateRowsOptions): Promise<Evaluation> {
  checkOptions('evaluateRows', options, OPTIONS);
  const { rows: total, batchSize = 8, onProgress, signal } = options;
  for (const [name, value] of Object.entries({ rows: total, batchSize })) {
    if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`evaluateRows: ${name} is ${String(value)}; expected a whole number of at least 1.`);
  }
  const { contextLength, vocabSize } = model.config;
  if (rows.contextLength > contextLength || rows.vocabSize > vocabSize) {
    throw new RangeError(`evaluateRows: the rows have ${rows.contextLength} positions and a vocabulary of ${rows.vocabSize}, the model ${contextLength} and ${vocabSize}: make the rows for this model.`);
  }
  let sum = 0;
  let targets = 0;
  for (let done = 0; done < total; ) {
    signal?.throwIfAborted();
    const count = Math.min(batchSize, total - done);
    const batch = await rows.rows(Array.from({ length: count }, (_, i) => done + i));
    const own = batch.targets.reduce((found, target) => found + (target >= 0 ? 1 : 0), 0);
    if (own > 0) {
      const loss = await lossOf(model, batch, [count, rows.contextLength]);
      if (!Number.isFinite(loss)) throw new Error(`evaluateRows: the loss is ${loss} in the rows from ${done} to ${done + count}: the weights of this model are not finite or far too large, as after a training that broke down. Take an earlier checkpoint, or train anew.`);
      sum += loss * own;
      targets += own;
    }
    done += count;
    onProgress?.(done, total);
    await yieldToEventLoop();
  }
  const loss = sum / targets;
  return { loss, perplexity: Math.exp(loss), tokens: targets };
}

async function lossOf(model: Transformer, { inputs, targets, segments, positions }: Awaited<ReturnType<TrainingRows['rows']>>, shape: [number, number]): Promise<number> {
  const { engine } = model;
  const tensor = (values: Int32Array): Tensor => engine.tensor(values, shape, 'int32');
  const loss = engine.scope(() =>
    engine.noGradient(() => {
      const tensors = { inputs: tensor(inputs), targets: tensor(targets) };
      return segments && positions ? packedLoss(model, { ...tensors, segments: tensor(segments), positions: tensor(positions) }) : model.loss(tensors.inputs, tensors.targets);
    }),
  );
  const value = await loss.item();
  loss.dispose();
  return value;
}
