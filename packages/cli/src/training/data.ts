// The data of a run: splits and encodes a text without having all of it in memory.
import { type TokenIds } from '@kk/gpt';
import { type Tokenizer } from '@kk/tokenizer';
import { type Context } from '../context.js';
import { encodeChunks } from '../files/encode.js';
import { type TextFacts, type TextFiles } from '../files/text-files.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import { smallPieces } from './small-pieces.js';
import { trainingCharacters } from './split.js';

export interface TrainingData {
  /** Full paths of the files. */
  paths: readonly string[];
  textHash: string;
  characters: number;
  tokenizer: Tokenizer;
  /** The size of the vocabulary that was asked for, if the text has too few tokens for it. */
  requestedVocabSize?: number;
  /** The ids of the training split. */
  training: TokenIds;
  /** The ids of the validation split. */
  validation: TokenIds;
  /** The number of predicted UTF-8 bytes of the validation text, that is, without its first token. */
  validationBytes: number;
}

const numbers = numberFormats('en');

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
  const forTraining = await encodeChunks(tokenizer, smallPieces(context, text.between(0, cut)), show);
  const forValidation = await encodeChunks(tokenizer, smallPieces(context, text.between(cut, Infinity)), (done) => show(cut + done));
  progress.done();
  return {
    paths: text.paths,
    textHash: hash,
    characters,
    tokenizer,
    training: forTraining.ids,
    validation: forValidation.ids,
    validationBytes: forValidation.predictedBytes,
  };
}
