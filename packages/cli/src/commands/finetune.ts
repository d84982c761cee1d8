// `kk finetune`: the verbs that teach a model to answer. Each has a file of its own.
import type { Context } from '../context.js';
import { Verb } from '../grammar/verb.js';
import { finetuneKtoCommand } from './finetune-kto.js';
import { finetunePreferencesCommand } from './finetune-preferences.js';
import { finetuneGrpoCommand, finetunePpoCommand } from './finetune-reinforcement.js';
import { finetuneRewardCommand } from './finetune-reward.js';
import { finetuneSftCommand } from './finetune-sft.js';
import { finetuneVoteCommand } from './finetune-vote.js';

export function finetuneCommand(context: Context): Verb {
  const verb = new Verb('finetune').summary('teach a model to answer').description('Fine-tuning: a model that continues texts learns to answer from examples, from what people prefer, and by rewards.');
  verb.addCommand(finetuneSftCommand(context));
  for (const loss of ['dpo', 'orpo', 'simpo'] as const) verb.addCommand(finetunePreferencesCommand(context, loss));
  verb.addCommand(finetuneKtoCommand(context));
  verb.addCommand(finetuneRewardCommand(context));
  verb.addCommand(finetuneGrpoCommand(context));
  verb.addCommand(finetunePpoCommand(context));
  verb.addCommand(finetuneVoteCommand(context));
  return verb;
}
