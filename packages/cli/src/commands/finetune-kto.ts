// `kk finetune kto`: tuning on single answers with thumbs up or down.
import type { Context } from '../context.js';
import { ktoMethod } from '../finetune/kto/method.js';
import { addKtoSettings, ktoNames, ktoSettings, type KtoFlags } from '../finetune/kto/settings.js';
import { tuningVerb } from '../finetune/verb.js';
import type { Verb } from '../grammar/verb.js';

export const finetuneKtoCommand = (context: Context): Verb =>
  tuningVerb(context, {
    method: ktoMethod,
    summary: 'tune a model on single answers with thumbs up or down',
    description: 'Kahneman-Tversky optimization: answers that are wanted become more probable than the base finds them, the others less. No pairs are needed.',
    data: 'ratings, one JSON object a line: {"prompt", "completion", "label"}, two texts or two lists of messages; the label is true where the answer is wanted',
    reads: { data: 'ratings of answers' },
    addSettings: addKtoSettings,
    names: ktoNames,
    settings: (_, options: KtoFlags, counts, recipe) => Promise.resolve(ktoSettings(options, counts, recipe)),
    notes: ['A step should have several ratings: from answers after prompts of others it estimates how far the model went from the base.'],
    examples: ['kk corpus write --kind ratings --rule joy --lang en --out ratings.jsonl', 'kk finetune kto ratings.jsonl --model runs/assistant --lora 8 --out runs/kto', 'kk finetune kto --resume runs/kto'],
  });
