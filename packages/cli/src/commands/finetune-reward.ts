// `kk finetune reward`: a model that says how good people would find an answer.
import type { Context } from '../context.js';
import { rewardMethod } from '../finetune/reward/method.js';
import { addRewardSettings, rewardNames, rewardSettings, type RewardFlags } from '../finetune/reward/settings.js';
import { tuningVerb } from '../finetune/verb.js';
import type { Verb } from '../grammar/verb.js';

export const finetuneRewardCommand = (context: Context): Verb =>
  tuningVerb(context, {
    method: rewardMethod,
    summary: 'train a model that says how good an answer is',
    description: 'Trains a reward model on pairs of answers (Bradley-Terry): a head on the last hidden state gives one number, higher for the answer that was chosen.',
    data: 'pairs, one JSON object a line: {"prompt", "chosen", "rejected"}, three texts or three lists of messages',
    reads: { data: 'pairs of answers' },
    addSettings: addRewardSettings,
    names: rewardNames,
    settings: (_, options: RewardFlags, counts) => Promise.resolve(rewardSettings(options, counts)),
    notes: ['The head is saved as reward_head.safetensors beside the model or the adapter; loadRewardHead of @kk/finetune/node reads it.'],
    examples: ['kk finetune reward pairs.jsonl --model runs/assistant --lora 8 --out runs/reward', 'kk finetune reward --resume runs/reward'],
  });
