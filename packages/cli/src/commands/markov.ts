// `kk markov`: the verbs for n-gram models: train, eval, generate and inspect. Each has a file of its own.
import type { Context } from '../context.js';
import { Verb } from '../grammar/verb.js';
import { markovEvalCommand } from './markov-eval.js';
import { markovGenerateCommand } from './markov-generate.js';
import { markovInspectCommand } from './markov-inspect.js';
import { markovTrainCommand } from './markov-train.js';

export function markovCommand(context: Context): Verb {
  const verb = new Verb('markov').summary('count n-grams and write nonsense').description('Markov chains: what followed a few letters or words so far, follows them again.');
  for (const create of [markovTrainCommand, markovEvalCommand, markovGenerateCommand, markovInspectCommand]) verb.addCommand(create(context));
  return verb;
}
