// Opens what a tuning is rewarded by: the right answers of the data, or a reward model in a folder.
import { modelReward, type RewardFunction } from '@kk/finetune';
import { loadRewardHead } from '@kk/finetune/node';
import type { Tokenizer } from '@kk/tokenizer';
import type { Context } from '../../context.js';
import { Failure } from '../../errors.js';
import { needTokenizer, openModel } from '../../files/model.js';
import { shortPath } from '../../files/paths.js';
import type { Base } from '../base.js';
import { EXACT } from './settings.js';

export interface OpenReward {
  readonly reward: RewardFunction;
  /** The most tokens of a prompt with its answer that it reads. */
  readonly contextLength: number;
}

/**
 * @param what `exact`, or the full path of a reward model's folder, which is made on the engine of the base
 * @throws {Error} naming what is missing, damaged, or of another tokenizer
 */
export async function openReward(context: Context, what: string, { model: { engine }, tokenizer }: Base, exact: RewardFunction): Promise<OpenReward> {
  if (what === EXACT) return { reward: exact, contextLength: Infinity };
  const shown = shortPath(context.io.cwd, what);
  const loaded = await openModel(context, what, { engine });
  if (!areSame(needTokenizer(loaded, shown), tokenizer)) throw new Failure(`The reward model in ${shown} has another tokenizer than the base: it would read other tokens than the base writes.`, 'Train it on this base: kk finetune reward pairs.jsonl --model DIR --out DIR.');
  return { reward: modelReward(await loadRewardHead(what, loaded.model)), contextLength: loaded.model.config.contextLength };
}

const areSame = (a: Tokenizer, b: Tokenizer): boolean => a.vocabSize === b.vocabSize && Array.from({ length: a.vocabSize }, (_, id) => id).every((id) => a.idToToken(id) === b.idToToken(id));
