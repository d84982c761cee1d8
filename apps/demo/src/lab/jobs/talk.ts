// Chapter 9: an answer of a model, token by token, with what else was probable at each place. A model of a recipe that the worker does not
// have is trained first.
import { softmax } from '@kk/sampler';
import { defineJob } from '../job.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import { pieces, type Piece } from '../model-text.js';
import { answerSteps, writtenText, type Writing } from '../tuning/answer.js';
import { tunedModel, untouchedModel } from '../tuning/kept.js';
import type { TunedState } from '../tuning/recipe.js';

/** Whom one talks to: what a recipe has made, or a model by its name. */
export type Partner = TunedState | { model: string };

export interface TalkInput extends Writing {
  partner: Partner;
  prompt: string;
  seed: number;
  /** How many of the most probable tokens are wanted at each place. */
  top: number;
}

/** A token of the answer, and the most probable ones at its place. */
export interface SaidToken extends Piece {
  options: readonly { piece: Piece; probability: number }[];
}

export interface Talk extends ModelSize {
  /** The answer without the blank line that ends it. */
  text: string;
  tokens: readonly SaidToken[];
  /** Whether it ended by itself. */
  isDone: boolean;
}

export default defineJob(async function* ({ partner, prompt, seed, top, ...writing }: TalkInput, tools): AsyncGenerator<Talk, Talk> {
  const { gpt, base, dispose } = 'recipe' in partner ? await tunedModel(tools, partner) : await untouchedModel(tools, partner.model);
  const options: SaidToken['options'][] = [];
  let state: Talk = { text: '', tokens: [], isDone: false, ...sizeOf(gpt.config) };
  try {
    for await (const { ids, isDone, logits } of answerSteps(gpt, base.tokenizer, prompt, { ...writing, seed })) {
      const probabilities = softmax(logits);
      const best = Array.from(probabilities.keys()).sort((a, b) => probabilities[b]! - probabilities[a]! || a - b).slice(0, top);
      options.push(best.map((id) => ({ piece: pieces(base, [...ids.slice(0, -1), id]).at(-1)!, probability: probabilities[id]! })));
      const tokens = pieces(base, ids).map((piece, i) => ({ ...piece, options: options[i]! }));
      state = { ...state, text: writtenText(base.tokenizer, ids), tokens, isDone };
      yield state;
    }
    return state;
  } finally {
    dispose();
  }
});
