// Chapter 1: the distribution of the next token after a text that may have grown, and rolls of its die.
import { entropy, Random, sampleToken, softmax } from '@kk/sampler';
import type { TokenPiece } from '../../figures/token-pieces.js';
import { defineJob } from '../job.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import { piece, pieces, type Piece } from '../model-text.js';
import { readSentence, type SentenceInput } from '../sentence.js';

export interface NextTokenInput {
  model: string;
  text: SentenceInput;
  /** Ids of tokens that were added to the text. */
  grown?: readonly number[];
  /** How many of the most probable tokens are wanted. */
  top: number;
  /** How often the die is rolled, with which seed, and how many rolls came before. */
  rolls?: { count: number; seed: number; before?: number };
  /** Whether all probabilities are wanted, as the faces of the die. */
  all?: boolean;
}

export interface Choice extends Piece {
  probability: number;
}

export interface Roll extends Choice {
  /** The random number, from 0 to below 1. */
  number: number;
}

export interface NextToken extends ModelSize {
  text: string;
  prompt: Piece[];
  grown: Piece[];
  /** The grown tokens as one text. */
  grownText: string;
  top: Choice[];
  /** The probability of each id, and how the ids that can be seen are shown. */
  faces?: { probabilities: Float32Array; texts: Map<number, TokenPiece> };
  /** The mean surprise of the next token. */
  entropyBits: number;
  rolls: Roll[];
  /** Whether the text is as long as the model can read. */
  full: boolean;
}

/** Faces of the die below this share get no text: nobody will see them. */
const VISIBLE = 2e-5;

/** The ids of the most probable tokens, the most probable first. */
function mostProbable(probabilities: Float32Array, count: number): number[] {
  return Array.from(probabilities.keys()).sort((a, b) => probabilities[b]! - probabilities[a]! || a - b).slice(0, count);
}

export default defineJob(async function* (input: NextTokenInput, tools): AsyncGenerator<NextToken, NextToken> {
  const model = await tools.model(input.model);
  const grown = input.grown ?? [];
  const { text, prompt, context, full } = readSentence(model, input.text, grown);
  const logits = await model.sharedDecoder().next(context);
  const probabilities = softmax(logits);

  const rolls: Roll[] = [];
  if (input.rolls) {
    const random = new Random(input.rolls.seed, 2 * (input.rolls.before ?? 0)); // a uniform number takes two words of the generator
    for (let count = 0; count < input.rolls.count; count++) {
      const number = random.uniform();
      const id = sampleToken(logits, { random: { uniform: () => number } });
      rolls.push({ number, ...piece(model, id, context), probability: probabilities[id]! });
      await tools.breathe();
    }
  }
  const texts = new Map<number, TokenPiece>();
  if (input.all) for (const [id, probability] of probabilities.entries()) if (probability >= VISIBLE) texts.set(id, piece(model, id, context));
  const result: NextToken = {
    text,
    prompt,
    grown: pieces(model, [...prompt.map(({ id }) => id), ...grown]).slice(prompt.length),
    grownText: model.tokenizer.decode(grown),
    top: mostProbable(probabilities, input.top).map((id) => ({ ...piece(model, id, context), probability: probabilities[id]! })),
    faces: input.all ? { probabilities, texts } : undefined,
    entropyBits: entropy(logits) / Math.LN2,
    rolls,
    full,
    ...sizeOf(model.gpt.config),
  };
  yield result;
  return result;
});
