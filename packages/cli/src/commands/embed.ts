// `kk embed`: the verbs for word vectors. Each has a file of its own.
import type { Context } from '../context.js';
import { Verb } from '../grammar/verb.js';
import { embedAnalogyCommand } from './embed-analogy.js';
import { embedConvertCommand } from './embed-convert.js';
import { embedEvalCommand } from './embed-eval.js';
import { embedNeighboursCommand } from './embed-neighbours.js';
import { embedOddCommand } from './embed-odd.js';
import { embedProjectCommand } from './embed-project.js';
import { embedSimilarityCommand } from './embed-similarity.js';
import { embedTrainCommand } from './embed-train.js';

export function embedCommand(context: Context): Verb {
  const verb = new Verb('embed').summary('train word vectors, ask them and draw them').description('Words as points: words of similar meaning lie near each other.');
  for (const create of [embedTrainCommand, embedNeighboursCommand, embedAnalogyCommand, embedOddCommand, embedSimilarityCommand, embedEvalCommand, embedProjectCommand, embedConvertCommand]) verb.addCommand(create(context));
  return verb;
}
