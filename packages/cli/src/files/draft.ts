// Opens an n-gram model as the draft model of a GPT (speculative decoding).
import { type NextTokenModel } from '@kk/sampler';
import { type Context } from '../context.js';
import { Failure } from '../errors.js';
import { unitName } from '../options/markov-unit.js';
import { openMarkov } from './markov.js';
import { fullPath, shortPath } from './paths.js';

/**
 * @param file    as the user typed it
 * @param folder  the folder of the GPT, as the user typed it
 * @throws {Failure} if its tokens differ from those of the GPT
 */
export async function openDraft(context: Context, file: string, folder: string, vocabSize: number): Promise<NextTokenModel> {
  const { model, unit } = await openMarkov(context, file);
  if (unit === 'tokenizer' && model.vocabSize === vocabSize) return model;
  const shown = shortPath(context.io.cwd, fullPath(context.io.cwd, file));
  const tokens = unit === 'tokenizer' ? `${model.vocabSize} tokens, the model ${vocabSize}` : `other units (${unitName(unit)}) than the model`;
  throw new Failure(`${shown} has ${tokens}: it cannot guess for ${folder}.`, `Train it with kk markov train --unit ${folder}/tokenizer.json`);
}
