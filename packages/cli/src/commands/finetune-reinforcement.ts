// `kk finetune grpo` and `ppo`: tuning on a model's own answers by a reward.
import type { Context } from '../context.js';
import { grpoMethod, ppoMethod } from '../finetune/reinforcement/method.js';
import { addGrpoSettings, addPpoSettings, grpoNames, grpoSettings, ppoNames, ppoSettings, type GrpoFlags, type PpoFlags } from '../finetune/reinforcement/settings.js';
import { tuningVerb } from '../finetune/verb.js';
import type { Verb } from '../grammar/verb.js';

const common = {
  data: 'prompts, one JSON object a line: {"prompt"}, a text or a list of messages; with --reward exact also the right "answer"',
  reads: { data: 'prompts', reward: 'a reward model', judge: 'a reward model' },
  notes: [
    'A model learns by reward only what it does right now and then: teach it first with kk finetune sft.',
    'A reward is what it gets better at, not what was meant by it: --judge gives a second opinion, --max-kl a limit to how far it goes.',
  ],
} as const;

export const finetuneGrpoCommand = (context: Context): Verb =>
  tuningVerb(context, {
    ...common,
    method: grpoMethod,
    summary: 'tune a model by a reward, on groups of its own answers',
    description: 'Group relative policy optimization: the model writes several answers to each prompt, and those with a higher reward than the others become more probable.',
    addSettings: addGrpoSettings,
    names: grpoNames,
    settings: (own, options: GrpoFlags, counts, recipe) => grpoSettings(own, options, counts, recipe),
    examples: ['kk finetune grpo sums.jsonl --model runs/adder --reward exact --out runs/better-adder', 'kk finetune grpo prompts.jsonl --model runs/assistant --reward runs/reward --lora 8 --max-kl 5', 'kk finetune grpo --resume runs/better-adder'],
  });

export const finetunePpoCommand = (context: Context): Verb =>
  tuningVerb(context, {
    ...common,
    method: ppoMethod,
    summary: 'tune a model by a reward, with a value head',
    description: 'Proximal policy optimization: a value head guesses what each answer will be worth, and what came out better becomes more probable. Leaving the base costs reward.',
    addSettings: addPpoSettings,
    names: ppoNames,
    settings: (own, options: PpoFlags, counts, recipe) => ppoSettings(own, options, counts, recipe),
    examples: ['kk finetune ppo prompts.jsonl --model runs/assistant --reward runs/reward --lora 8 --max-kl 5 --out runs/ppo', 'kk finetune ppo --resume runs/ppo'],
  });
