// The data of a run: splits and encodes a text without having all of it in memory.
import type { TokenIds } from '@kk/gpt';
import type { TrainingRows } from '@kk/gpt/data';
import type { Tokenizer } from '@kk/tokenizer';
import type { Context } from '../context.js';
import { encodeChunks } from '../files/encode.js';
import type { TextFacts, TextFiles } from '../files/text-files.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import type { MeasuredPart } from './measured.js';
import { smallPieces } from './small-pieces.js';
import { trainingCharacters } from './split.js';

export interface TrainingData {
  /** Full paths of the files. */
  paths: readonly string[];
  /** For files of tokens: the weight of each. */
  weights?: readonly number[];
  /** A hash of the text; of files of tokens, their fingerprint. */
  textHash: string;
  /** Of a text. */
  characters?: number;
  /** The first characters of a text. */
  beginning?: string;
  /** Of the training split of a text. */
  tokensPerCharacter?: number;
  tokenizer: Tokenizer;
  /** The size of the vocabulary that was asked for, if the text has too few tokens for it. */
  requestedVocabSize?: number;
  /** The ids of the training split, or rows of files of tokens. */
  training: TokenIds | TrainingRows;
  /** The length of the training split. */
  trainingTokens: number;
  /** The training split, to measure losses on; of files of tokens, the beginning of each file's. */
  trainingSample: readonly MeasuredPart[];
  /** The length of the validation split. */
  validationTokens: number;
  /** The validation split likewise; none where there is nothing to predict. */
  validation: readonly MeasuredPart[];
}

const numbers = numberFormats('en');

/** Characters of the beginning that are kept, to see what kind of text it is. */
const BEGINNING = 20_000;

/**
 * @param facts  the results of the first reading of the text
 * @param validation  the share of characters for validation
 * @throws {Error} naming what the tokenizer cannot encode; the signal's reason when stopped
 */
export async function encodeSplit(context: Context, text: TextFiles, facts: TextFacts, validation: number, tokenizer: Tokenizer, quiet: boolean): Promise<TrainingData> {
  const { characters, hash } = facts;
  const cut = trainingCharacters(characters, validation);
  const progress = new Progress(context.errors);
  const show = (done: number): void => {
    if (!quiet) progress.update(() => ` Turning the text into tokens: ${numbers.percent(Math.min(1, done / characters))}`);
  };
  let beginning = '';
  async function* kept(chunks: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
    for await (const chunk of chunks) {
      if (beginning.length < BEGINNING) beginning += chunk.slice(0, BEGINNING - beginning.length);
      yield chunk;
    }
  }
  const forTraining = await encodeChunks(tokenizer, kept(smallPieces(context, text.between(0, cut))), show);
  const forValidation = await encodeChunks(tokenizer, smallPieces(context, text.between(cut, Infinity)), (done) => show(cut + done));
  progress.done();
  return {
    paths: text.paths,
    textHash: hash,
    characters,
    tokenizer,
    beginning,
    tokensPerCharacter: forTraining.ids.length / cut,
    training: forTraining.ids,
    trainingTokens: forTraining.ids.length,
    trainingSample: [{ ids: forTraining.ids, weight: 1, bytes: forTraining.predictedBytes }],
    validationTokens: forValidation.ids.length,
    validation: forValidation.ids.length > 1 ? [{ ids: forValidation.ids, weight: 1, bytes: forValidation.predictedBytes }] : [],
  };
}
