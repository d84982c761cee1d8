// `kk finetune dpo`, `orpo` and `simpo`: tuning on pairs of answers, each with its loss.
import type { Context } from '../context.js';
import { preferenceMethod } from '../finetune/preferences/method.js';
import { addPreferenceSettings, lossOptions, preferenceSettings, type LossName, type PreferenceFlags } from '../finetune/preferences/settings.js';
import { tuningVerb } from '../finetune/verb.js';
import type { Verb } from '../grammar/verb.js';

const SUMMARIES: Readonly<Record<LossName, string>> = {
  dpo: 'tune a model on pairs of answers, near to what it was',
  orpo: 'tune a model on pairs of answers, and to give the good ones',
  simpo: 'tune a model on pairs of answers, by their mean probability',
};
const DESCRIPTIONS: Readonly<Record<LossName, string>> = {
  dpo: 'Direct preference optimization: the answer that was chosen becomes more probable than the one that was rejected, compared with what the base finds.',
  orpo: 'Odds ratio preference optimization: learns the chosen answers, and raises their odds above those of the rejected ones. Without a reference.',
  simpo: 'Simple preference optimization: the mean log-probability of an answer is its reward, with a margin between the two. Without a reference.',
};

export const finetunePreferencesCommand = (context: Context, name: LossName): Verb =>
  tuningVerb(context, {
    method: preferenceMethod(name),
    summary: SUMMARIES[name],
    description: DESCRIPTIONS[name],
    data: 'pairs, one JSON object a line: {"prompt", "chosen", "rejected"}, three texts or three lists of messages',
    reads: { data: 'pairs of answers' },
    addSettings: addPreferenceSettings(name),
    names: lossOptions[name],
    settings: (_, options: PreferenceFlags, counts, recipe) => Promise.resolve(preferenceSettings(name, options, counts, recipe)),
    notes: ['A look draws answers to at most 32 unseen prompts, and says how far the model went from the base (KL divergence), how many answers end by themselves, and how long they are. A high reward with none of these kept is no better model.'],
    examples: ['kk corpus write --kind preferences --rule joy --lang en --out pairs.jsonl', `kk finetune ${name} pairs.jsonl --model runs/assistant --lora 8 --out runs/${name}`, `kk finetune ${name} --resume runs/${name}`],
  });
