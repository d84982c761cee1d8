// Lets the model write the pairs that are voted on.
import { samplePairs, VoteQueue } from '@kk/finetune';
import type { Context } from '../../context.js';
import { Failure } from '../../errors.js';
import { quotePath, shortPath } from '../../files/paths.js';
import { computedBy, type ComputedBy } from '../../options/computed-by.js';
import type { DeviceOptions } from '../../options/device.js';
import { Progress } from '../../terminal/progress.js';
import { openBase, refuseAdapter } from '../base.js';
import type { VoteMessages } from './messages.js';
import type { VotePrompts } from './prompts.js';
import type { VoteSettings } from './settings.js';

export interface Sampled {
  readonly queue: VoteQueue;
  /** How many prompts were asked, and got no pair. */
  readonly without: number;
  /** How many prompts are longer than the context. */
  readonly tooLong: number;
  /** What wrote the answers. */
  readonly computedBy: ComputedBy;
}

/** @throws {Failure} when the model cannot end an answer, or no prompt has a pair */
export async function sampleQueue(context: Context, settings: VoteSettings, device: DeviceOptions, { prompts, template }: VotePrompts, says: VoteMessages, quiet: boolean): Promise<Sampled> {
  await refuseAdapter(context, settings);
  const shown = shortPath(context.io.cwd, settings.model);
  const hasTexts = prompts.some(({ source }) => typeof source === 'string');
  const base = await openBase(context, settings, device, { conversations: template !== undefined, texts: hasTexts });
  const progress = new Progress(context.terminal);
  try {
    const { model, tokenizer, addedTokens, endTokens } = base;
    if (addedTokens.length > 0) throw new Failure(`${shown} has no token that ends an answer: it continues texts, and was not taught to answer.`, `Tune it first: kk finetune sft --data FILE --model ${quotePath(shown)}.`);
    const fitting = prompts.filter(({ ids }) => ids.length > 0 && ids.length < model.config.contextLength);
    if (fitting.length === 0) throw new Failure(`No prompt fits into the context of ${shown}, which has ${model.config.contextLength} tokens.`, 'Give shorter ones.');
    const asked = Array.from({ length: settings.pairs }, (_, i) => fitting[i % fitting.length]!.ids);
    const { pairs, without } = await samplePairs(model, asked, {
      stopTokens: endTokens,
      maxTokens: settings.maxTokens,
      seed: settings.seed,
      textOf: (ids) => tokenizer.decode(ids.filter((id) => id < tokenizer.vocabSize)),
      onProgress: (done, total) => quiet || progress.update(() => says.writing(done, total)),
      signal: context.io.interrupt,
    });
    if (pairs.length === 0) throw new Failure(`${shown} wrote no two different answers to a prompt that end by themselves and are nearly as long as each other.`, `Give them more room: --max-tokens. Or tune the model to answer: kk finetune sft --data FILE --model ${quotePath(shown)}.`);
    return { queue: new VoteQueue(pairs), without: without.length, tooLong: prompts.length - fitting.length, computedBy: computedBy(model.engine) };
  } finally {
    progress.pause();
    base.dispose();
  }
}
