// `kk embed odd`: the word that does not go with the others.
import { oddOneOut } from '@kk/embeddings';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { openVectors, spaceOf } from '../files/vectors.js';
import { Verb } from '../grammar/verb.js';
import { checkDirections, findWords } from '../embed/known-words.js';
import { wordBars } from '../embed/word-bars.js';
import { addVectors, type VectorsOptions } from '../options/vectors.js';
import { numberFormats } from '../terminal/numbers.js';
import { printable } from '../terminal/text.js';

interface OddOptions extends VectorsOptions {
  words: string[];
  json?: boolean;
}

const numbers = numberFormats('en');

export function embedOddCommand(context: Context): Verb {
  const verb = new Verb('odd').summary('the word that does not go with the others').description('Finds the word that does not go with the others: the one farthest from the mean direction of all.');
  return addVectors(verb)
    .option('--words <word...>', 'three words or more')
    .option('--json', 'one JSON object')
    .argumentFor('words', 'word')
    .requires(['words'])
    .flows({ reads: { model: 'word vectors', words: 'words' }, writes: { stdout: 'the odd one out, and how well each word goes with all' } })
    .examples('kk embed odd runs/book.safetensors breakfast lunch dinner cat')
    .does((options: OddOptions) => odd(context, options));
}

async function odd(context: Context, { words: asked, json, ...options }: OddOptions): Promise<void> {
  const { terminal } = context;
  if (asked.length < 3) throw new UsageError(`${numbers.count(asked.length, 'word')} ${asked.length === 1 ? 'is' : 'are'} given; of two, neither is the odd one.`, 'Give three words or more.');
  checkOnce(asked);
  const vectors = await openVectors(context, options, { quiet: json === true });
  const words = findWords(context, vectors, asked, options);
  checkOnce(words);
  checkDirections(vectors, words, options.model);
  const ranked = oddOneOut(await spaceOf(context, vectors), words);
  if (json) {
    context.json({ odd: ranked[0].word, words: ranked });
    return;
  }
  terminal.paragraph(`${printable(ranked[0].word)} does not go with the others.`, { style: terminal.colors.bold, indent: 1 });
  terminal.print(wordBars(ranked, { terminal, numbers, indent: 3 }));
}

/** @throws {UsageError} when a word is there twice */
function checkOnce(words: readonly string[]): void {
  const twice = words.find((word, at) => words.indexOf(word) < at);
  if (twice !== undefined) throw new UsageError(`'${twice}' is given twice.`, 'Give each word once.');
}
