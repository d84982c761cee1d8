// `kk embed analogy`: man is to king as woman is to what?
import { analogy, combine } from '@kk/embeddings';
import type { Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { openVectors, spaceOf } from '../files/vectors.js';
import { Verb } from '../grammar/verb.js';
import { checkDirections, findWords } from '../embed/known-words.js';
import { wordBars } from '../embed/word-bars.js';
import { analogyMethodOption, type AnalogyMethod } from '../options/analogy-method.js';
import { topOption } from '../options/top.js';
import { addVectors, type VectorsOptions } from '../options/vectors.js';
import { numberFormats } from '../terminal/numbers.js';
import { printable } from '../terminal/text.js';

interface AnalogyOptions extends VectorsOptions {
  words?: string[];
  plus?: string[];
  minus?: string[];
  method: AnalogyMethod;
  top: number;
  json?: boolean;
}

const numbers = numberFormats('en');

export function embedAnalogyCommand(context: Context): Verb {
  const verb = new Verb('analogy').summary('man is to king as woman is to what?').description('Answers analogies: of three words a, b and c it finds the word that is to c what b is to a. Words may also be added and taken away freely.');
  return addVectors(verb)
    .option('--words <word...>', 'three words a, b and c, for b - a + c')
    .option('--plus <word...>', 'words to add, instead of --words')
    .option('--minus <word...>', 'words to take away')
    .addOption(analogyMethodOption())
    .addOption(topOption('answers'))
    .option('--json', 'one JSON object')
    .argumentFor('words', 'word')
    .requires(['words', 'plus'])
    .excludes(['plus', 'minus'], 'words')
    .flows({ reads: { model: 'word vectors', words: 'three words', plus: 'words', minus: 'words' }, writes: { stdout: 'the answers, best first' } })
    .notes('The words of the question are never an answer.')
    .examples({ command: 'kk embed analogy runs/book.safetensors man king woman', about: 'man is to king as woman is to ...' }, 'kk embed analogy runs/book.safetensors --plus king woman --minus man')
    .does((options: AnalogyOptions) => answer(context, options));
}

async function answer(context: Context, { words, plus = [], minus = [], method, top, json, ...options }: AnalogyOptions): Promise<void> {
  const { terminal } = context;
  if (words && words.length !== 3) throw new UsageError(`${numbers.count(words.length, 'word')} ${words.length === 1 ? 'is' : 'are'} given; an analogy has three, such as man king woman.`, 'Give three words, or --plus and --minus.');
  const asked = words ? { positive: [words[1], words[2]], negative: [words[0]] } : { positive: plus, negative: minus };
  const vectors = await openVectors(context, options, { quiet: json === true });
  const found = findWords(context, vectors, [...asked.positive, ...asked.negative], options);
  checkDirections(vectors, found, options.model);
  const question = { positive: found.slice(0, asked.positive.length), negative: found.slice(asked.positive.length) };
  const space = await spaceOf(context, vectors);
  if (method === 'add' && combine(space, question).every((value) => value === 0)) throw new Failure(`${sumInWords(question)} leaves nothing: it has no direction, and so no answer.`, 'Ask with other words.');
  const answers = analogy(space, question, { method, count: top });
  if (json) {
    context.json({ ...question, method, answers: answers.map(({ word, similarity }) => ({ word, similarity })) });
    return;
  }
  terminal.paragraph(printable(words ? `${question.negative[0]} is to ${question.positive[0]} as ${question.positive[1]} is to ...` : sumInWords(question)), { style: terminal.colors.bold, indent: 1 });
  terminal.print(wordBars(answers, { terminal, numbers, indent: 3 }));
}

/** For example `king - man + woman` */
const sumInWords = ({ positive, negative }: { positive: readonly string[]; negative: readonly string[] }): string => [positive.join(' + '), ...negative].join(' - ');
