// Opens an n-gram model as the draft model of a GPT (speculative decoding).
import { MarkovModel } from '@kk/markov';
import type { NextTokenModel } from '@kk/sampler';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import { unitName } from '../options/markov-unit.js';
import { inSteps } from '../terminal/long-work.js';
import { openMarkov } from './markov.js';
import { fullPath, shortPath } from './paths.js';

export interface DraftOptions {
  /** The number of tokens of the GPT. */
  vocabSize: number;
  /** Whether to show no progress. */
  quiet: boolean;
}

/**
 * @param file    as the user typed it
 * @param folder  the folder of the GPT, as the user typed it
 * @throws {Failure} if its tokens differ from those of the GPT
 */
export async function openDraft(context: Context, file: string, folder: string, { vocabSize, quiet }: DraftOptions): Promise<NextTokenModel> {
  const { model, unit } = await openMarkov(context, file, { quiet });
  if (unit === 'tokenizer' && model.vocabSize === vocabSize) {
    if (model instanceof MarkovModel) await inSteps(context, model.backoffInSteps(), { what: 'working out the probabilities', quiet });
    return model;
  }
  const shown = shortPath(context.io.cwd, fullPath(context.io.cwd, file));
  const tokens = unit === 'tokenizer' ? `${model.vocabSize} tokens, the model ${vocabSize}` : `other units (${unitName(unit)}) than the model`;
  throw new Failure(`${shown} has ${tokens}: it cannot guess for ${folder}.`, `Train it with kk markov train --unit ${folder}/tokenizer.json`);
}
