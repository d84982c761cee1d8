// `kk embed similarity`: how similar words or sentences are.
import { meanVector, sentenceSimilarity, type WordVectors } from '@kk/embeddings';
import type { Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { openVectors } from '../files/vectors.js';
import { Verb } from '../grammar/verb.js';
import { checkDirections, findWords, hasVector, otherSpelling, tellSpellings } from '../embed/known-words.js';
import { wordBars } from '../embed/word-bars.js';
import { addVectors, type VectorsOptions } from '../options/vectors.js';
import { numberFormats } from '../terminal/numbers.js';

interface SimilarityOptions extends VectorsOptions {
  words: string[];
  json?: boolean;
}

/** A word, or a sentence in words. */
interface Phrase {
  text: string;
  words: string[];
  /** Words of a sentence without a vector, which count for nothing. */
  unknown: readonly string[];
}

/** All pairs of more would be a long list. */
const MOST = 40;

const numbers = numberFormats('en');

export function embedSimilarityCommand(context: Context): Verb {
  const verb = new Verb('similarity').summary('how similar words or sentences are').description('Measures how similar words are, or sentences by the mean of their words: the cosine of the angle between their vectors.');
  return addVectors(verb)
    .option('--words <text...>', 'two or more words; several words in quotes are a sentence')
    .option('--json', 'one JSON object')
    .argumentFor('words', 'text')
    .requires(['words'])
    .flows({ reads: { model: 'word vectors', words: 'words or sentences' }, writes: { stdout: 'the cosine of each pair' } })
    .examples('kk embed similarity runs/book.safetensors king queen bread', 'kk embed similarity runs/book.safetensors "the dog runs" "a cat sleeps"')
    .does((options: SimilarityOptions) => compare(context, options));
}

async function compare(context: Context, { words, json, ...options }: SimilarityOptions): Promise<void> {
  const { terminal, errors } = context;
  if (words.length < 2 || words.length > MOST) throw new UsageError(`${numbers.count(words.length, 'text')} ${words.length === 1 ? 'is' : 'are'} given; expected 2 to ${MOST}.`, 'Give words, or sentences in quotes.');
  const vectors = await openVectors(context, options, { quiet: json === true });
  const phrases = words.map((text) => phraseOf(context, vectors, text, options));
  const pairs = phrases.flatMap((a, at) => phrases.slice(at + 1).map((b) => ({ a: a.text, b: b.text, similarity: sentenceSimilarity(vectors, a.words, b.words) })));
  if (json) {
    context.json({ texts: phrases.map(({ text, unknown }) => ({ text, unknown })), similarities: pairs });
    return;
  }
  const shown = pairs.map(({ a, b, similarity }) => ({ word: `${a} – ${b}`, similarity })).sort((one, other) => other.similarity - one.similarity);
  terminal.print(wordBars(shown, { terminal, numbers }));
  const unknown = [...new Set(phrases.flatMap((phrase) => phrase.unknown))];
  if (unknown.length > 0) errors.paragraph(`Without a vector, and left out: ${unknown.join(', ')}`, { style: errors.colors.dim });
}

/** @throws {Failure} when no word of it has a vector, or the sum of them is nothing */
function phraseOf(context: Context, vectors: WordVectors, text: string, options: VectorsOptions): Phrase {
  const asked = text.split(/\s+/).filter((word) => word !== '');
  if (asked.length === 0) throw new UsageError('A text is empty; expected a word or a sentence.');
  if (asked.length === 1) {
    const words = findWords(context, vectors, asked, options);
    checkDirections(vectors, words, options.model);
    return { text, words, unknown: [] };
  }
  const words = asked.map((word) => (hasVector(vectors, word) ? word : (otherSpelling(vectors, word) ?? word)));
  tellSpellings(context, asked, words);
  const { unknown, vector } = meanVector(vectors, words);
  if (unknown.length === words.length) throw new Failure(`${options.model} has no vector for any word of '${text}'.`);
  if (vector.every((value) => value === 0)) throw new Failure(`The vectors of '${text}' in ${options.model} add up to zeros: they have no direction, and so no angle to others.`, 'Ask with other words.');
  return { text, words, unknown };
}
