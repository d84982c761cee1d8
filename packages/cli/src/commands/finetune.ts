// `kk finetune`: the verbs that teach a model to answer. Each has a file of its own.
import { type Context } from '../context.js';
import { Verb } from '../grammar/verb.js';
import { finetuneSftCommand } from './finetune-sft.js';

export function finetuneCommand(context: Context): Verb {
  const verb = new Verb('finetune').summary('teach a model to answer').description('Fine-tuning: a model that continues texts learns to answer from examples.');
  verb.addCommand(finetuneSftCommand(context));
  return verb;
}
