// Chapter 6: what the model would answer at each place of a sentence if it had to answer after each of its blocks.
import { inspect, logitLens, type Prediction } from '@kk/gpt/explain';
import { defineJob } from '../job.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import { idsFromBeginning, piece, pieces, type Piece } from '../model-text.js';

export interface LayerLensInput {
  model: string;
  text: string;
}

export interface LensAnswer {
  /** What it would answer. */
  favourite: Piece;
  probability: number;
  /** How probable its final answer is here, and how many tokens are more probable. */
  final: { probability: number; rank: number };
}

export interface LensPlace {
  token: Piece;
  /** After 0 blocks, 1, 2, ... all of them; the last is what the model says. */
  answers: LensAnswer[];
  /** After so many blocks the final answer is the favourite and stays it. */
  settled: number;
  /** The token that follows in the text; none after the last. */
  next?: Piece;
}

export interface LayerLens extends ModelSize {
  places: LensPlace[];
  /** How many tokens the model reads before the first of them: those of the blank line before a story. */
  start: number;
  layers: number;
  /** How many tokens of the text were left out at its beginning, because the model cannot read so many. */
  leftOut: number;
  /** How many tokens the model reads, if that is not all. */
  last?: number;
}

export default defineJob(async function* (input: LayerLensInput, tools): AsyncGenerator<LayerLens, LayerLens> {
  const model = await tools.model(input.model);
  const { config } = model.gpt;
  const { before, ids: all } = idsFromBeginning(model, input.text);
  const context = [...before, ...all].slice(-config.contextLength);
  const shown = Math.min(all.length, context.length);
  const start = context.length - shown;
  const ids = context.slice(start);
  const inspection = inspect(model.gpt, context);
  let lens: Prediction[][];
  let finals: number[];
  try {
    finals = (await inspection.predictions({ alternatives: 1 })).map(({ alternatives }) => alternatives[0]!.id);
    lens = await logitLens(inspection, { alternatives: 1, track: [...new Set(finals)] });
  } finally {
    inspection.dispose();
  }
  const tracked = [...new Set(finals)];
  const tokens = pieces(model, ids);
  const places = ids.map((_, i): LensPlace => {
    const at = start + i;
    const read = context.slice(0, at + 1);
    const finalId = finals[at]!;
    const answers = lens.map((positions): LensAnswer => {
      const { alternatives, tracked: chances } = positions[at]!;
      const { probability, rank } = chances[tracked.indexOf(finalId)]!;
      return { favourite: piece(model, alternatives[0]!.id, read), probability: alternatives[0]!.probability, final: { probability, rank } };
    });
    const lastOther = answers.findLastIndex(({ favourite }) => favourite.id !== finalId);
    return { token: tokens[i]!, answers, settled: lastOther + 1, next: tokens[i + 1] };
  });
  const result: LayerLens = { places, start, layers: config.layers, leftOut: all.length - shown, ...(before.length + all.length > config.contextLength && { last: config.contextLength }), ...sizeOf(config) };
  yield result;
  return result;
});
