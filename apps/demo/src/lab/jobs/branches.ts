// Chapter 8: walks along a path of chosen tokens, and says at each of its places which others were possible.
import { softmax } from '@kk/sampler';
import { pieceAfter, tokenPieces, type TokenPiece } from '../../figures/token-pieces.js';
import { defineJob } from '../job.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import { promptOf } from '../model-text.js';
import type { ReadyModel } from '../ready-model.js';

export interface BranchesInput {
  model: string;
  prompt: string;
  /** Ids chosen after the prompt. */
  path: number[];
  /** A second path, to compare with. */
  other: number[];
  /** How many of the most probable tokens are shown at each place. */
  width: number;
  /** So many most probable tokens are appended to the path. */
  extend: number;
}

export interface Option {
  piece: TokenPiece;
  probability: number;
}

/** A place of the path: what could stand there, the most probable first. What was chosen is always among them. */
export interface Level {
  options: Option[];
  /** The id that was chosen; null at the end of the path. */
  chosen: number | null;
}

export interface PathView {
  ids: number[];
  pieces: TokenPiece[];
  /** The surprise of the whole path in bits: its probability is 2 to the power of minus this. */
  bits: number;
}

export interface Branches extends ModelSize {
  levels: Level[];
  path: PathView;
  other: PathView;
}

/** The ids of the `count` largest values, the largest first. */
function largest(values: Float32Array, count: number): number[] {
  return Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b).slice(0, count);
}

/** The probabilities at each place of a path, and after it. */
async function along(model: ReadyModel, prompt: number[], path: number[]): Promise<Float32Array[]> {
  const decoder = model.decoder();
  try {
    return (await decoder.nextMany(prompt, path)).map((logits) => softmax(logits));
  } finally {
    decoder.dispose();
  }
}

export default defineJob(async function* (input: BranchesInput, tools): AsyncGenerator<Branches, Branches> {
  const model = await tools.model(input.model);
  const { vocabSize, contextLength } = model.gpt.config;
  const prompt = promptOf(model, input.prompt);
  const bytesOf = (id: number): Uint8Array => model.tokenizer.tokenBytes(id);
  const valid = (ids: readonly number[]): number[] => ids.filter((id) => Number.isInteger(id) && id >= 0 && id < vocabSize).slice(0, contextLength - prompt.length - 1);
  const view = (ids: number[], rows: Float32Array[]): PathView => ({ ids, pieces: tokenPieces([...prompt, ...ids], bytesOf).slice(prompt.length), bits: ids.reduce((sum, id, place) => sum - Math.log2(rows[place]![id]!), 0) });

  const path = valid(input.path);
  let rows = await along(model, prompt, path);
  await tools.breathe();
  if (input.extend > 0) {
    const decoder = model.decoder();
    try {
      for (let count = 0; count < input.extend && prompt.length + path.length < contextLength - 1; count++) {
        path.push(largest(await decoder.next([...prompt, ...path]), 1)[0]!);
        await tools.breathe();
      }
    } finally {
      decoder.dispose();
    }
    rows = await along(model, prompt, path);
  }
  const other = valid(input.other);
  const result: Branches = {
    levels: rows.map((row, place) => {
      const chosen = path[place] ?? null;
      const ids = largest(row, input.width);
      if (chosen !== null && !ids.includes(chosen)) ids.push(chosen);
      return { options: ids.map((id) => ({ piece: pieceAfter([...prompt, ...path.slice(0, place)], id, bytesOf), probability: row[id]! })), chosen };
    }),
    path: view(path, rows),
    other: view(other, other.length === 0 ? [] : await along(model, prompt, other)),
    ...sizeOf(model.gpt.config),
  };
  yield result;
  return result;
});
