// Chapter 6: what a model expects after a text, as it is and with a change in its attention.
import type { Transformer } from '@kk/gpt';
import { inspect, predictionOf, type Interventions, type Prediction } from '@kk/gpt/explain';
import { softmax } from '@kk/sampler';
import { interventionsOf, type AttentionChange } from '../attention-changes.js';
import { defineJob } from '../job.js';
import { lookedText } from '../looked-text.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import { piece, type Piece } from '../model-text.js';

export interface AttentionChangeInput {
  model: string;
  text: string;
  change: AttentionChange;
  /** So many of the most probable tokens are shown, as it is and as it becomes. */
  top: number;
}

/** A token before and after the change. */
export interface ChangedChance extends Piece {
  before: number;
  after: number;
}

export interface AttentionChanged extends ModelSize {
  tokens: Piece[];
  isCut: boolean;
  layers: number;
  heads: number;
  /** What was changed; without what this model or text does not have. */
  interventions: Interventions;
  /** The most probable ones as it is, then those that join them with the change. */
  rows: ChangedChance[];
  /** The most probable one with the change. */
  first: ChangedChance;
  /** The one whose probability changed most, up or down. */
  most: ChangedChance;
}

/** The logits after the last token. */
async function lastLogits(model: Transformer, ids: readonly number[], interventions: Interventions): Promise<Float32Array> {
  const inspection = inspect(model, ids, interventions);
  const logits = await inspection.logits();
  inspection.dispose();
  return Float32Array.from(logits.subarray((ids.length - 1) * model.config.vocabSize));
}

export default defineJob(async function* (input: AttentionChangeInput, tools): AsyncGenerator<AttentionChanged, AttentionChanged> {
  const model = await tools.model(input.model);
  const { ids, tokens, isCut } = lookedText(model, input.text);
  const { layers, heads } = model.gpt.config;
  const interventions = interventionsOf(input.change, { layers, heads, time: ids.length });
  const logits = await lastLogits(model.gpt, ids, {});
  await tools.breathe();
  const changed = await lastLogits(model.gpt, ids, interventions);

  const [before, after] = [softmax(logits), softmax(changed)];
  const rowOf = (id: number): ChangedChance => ({ ...piece(model, id, ids), before: before[id]!, after: after[id]! });
  const top = (values: Float32Array): number[] => topIds(predictionOf(values, undefined, { alternatives: input.top }));
  const shown = [...new Set([...top(logits), ...top(changed)])];
  const differences = after.map((share, id) => Math.abs(share - before[id]!));
  const result: AttentionChanged = {
    tokens, isCut, layers, heads, interventions,
    rows: shown.map(rowOf),
    first: rowOf(top(changed)[0]!),
    most: rowOf(differences.indexOf(differences.reduce((a, b) => Math.max(a, b)))),
    ...sizeOf(model.gpt.config),
  };
  yield result;
  return result;
});

const topIds = ({ alternatives }: Prediction): number[] => alternatives.map(({ id }) => id);
