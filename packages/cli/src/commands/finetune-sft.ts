// `kk finetune sft`: supervised tuning on examples of prompts and answers.
import type { Context } from '../context.js';
import { supervised } from '../finetune/sft/method.js';
import { addSupervisedSettings, supervisedNames, supervisedSettings } from '../finetune/sft/settings.js';
import { tuningVerb } from '../finetune/verb.js';
import type { Verb } from '../grammar/verb.js';

export const finetuneSftCommand = (context: Context): Verb =>
  tuningVerb(context, {
    method: supervised,
    summary: 'tune a model on prompts and answers',
    description: 'Supervised fine-tuning (SFT): tunes a model on examples, of which only the answers are learned: all weights, the last layers, or a LoRA adapter.',
    data: 'examples, one JSON object a line: {"messages": [...]}, {"prompt", "completion"} or {"text"}',
    reads: { data: 'examples', replay: 'a text', baseText: 'a text' },
    addSettings: addSupervisedSettings,
    names: supervisedNames,
    settings: supervisedSettings,
    notes: ['Without --replay a model forgets what it knew; with --replay FILE half of the rows are texts like those it learned from.'],
    examples: ['kk finetune sft questions.jsonl --model runs/stories --replay stories.txt:0.5', 'kk finetune sft pirate.jsonl --model runs/stories --lora 8 --out runs/pirate', 'kk finetune sft --recipe runs/pirate/recipe.json --seed 2 --out runs/pirate-2', 'kk finetune sft --resume runs/pirate'],
  });
