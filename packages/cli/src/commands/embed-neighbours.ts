// `kk embed neighbours`: the words that are most similar to a word.
import type { Context } from '../context.js';
import { openVectors, spaceOf } from '../files/vectors.js';
import { Verb } from '../grammar/verb.js';
import { checkDirections, findWords, isFromSubwords, otherSpelling } from '../embed/known-words.js';
import { wordBars } from '../embed/word-bars.js';
import { topOption } from '../options/top.js';
import { addVectors, type VectorsOptions } from '../options/vectors.js';
import { numberFormats } from '../terminal/numbers.js';
import { printable } from '../terminal/text.js';

interface NeighboursOptions extends VectorsOptions {
  words: string[];
  top: number;
  json?: boolean;
}

const numbers = numberFormats('en');

export function embedNeighboursCommand(context: Context): Verb {
  const verb = new Verb('neighbours').summary('the words most similar to a word').description('Finds the words that are most similar to a word: those whose vectors have the smallest angle with its vector.');
  return addVectors(verb)
    .option('--words <word...>', 'one or more words')
    .addOption(topOption('neighbours'))
    .option('--json', 'one JSON object per word')
    .argumentFor('words', 'word')
    .requires(['words'])
    .flows({ reads: { model: 'word vectors', words: 'words' }, writes: { stdout: 'the most similar words, with the cosine' } })
    .notes('A cosine of 1 is the same direction, 0 a right angle.')
    .examples('kk embed neighbours runs/book.safetensors king', 'kk embed neighbours --model glove.6B.100d.txt --words king queen --top 5')
    .does((options: NeighboursOptions) => neighbours(context, options));
}

async function neighbours(context: Context, { words: asked, top, json, ...options }: NeighboursOptions): Promise<void> {
  const { terminal } = context;
  const vectors = await openVectors(context, options, { quiet: json === true });
  const words = findWords(context, vectors, asked, options);
  checkDirections(vectors, words, options.model);
  const space = await spaceOf(context, vectors);
  for (const [at, word] of words.entries()) {
    await context.breathe();
    const found = space.neighbours(word, { count: top });
    const fromSubwords = isFromSubwords(vectors, word);
    const other = fromSubwords ? otherSpelling(vectors, word) : undefined;
    if (json) {
      context.json({ word, fromSubwords, neighbours: found.map((neighbour) => ({ word: neighbour.word, similarity: neighbour.similarity })) });
      continue;
    }
    if (at > 0) terminal.print();
    terminal.paragraph(`${printable(word)}${fromSubwords ? ', known by its n-grams only' : ''}${other === undefined ? '' : `; ${printable(other)} has a vector of its own`}`, { style: terminal.colors.bold, indent: 1 });
    terminal.print(wordBars(found, { terminal, numbers, indent: 3 }));
  }
}
