// The data of a run that trains on files of tokens: several of them in the proportions of their weights, none of them in memory.
import type { TokenIds } from '@kk/gpt';
import { MixedRows, partOfTokens, ShuffledWindows, type TokenSource, type TrainingRows } from '@kk/gpt/data';
import type { Tokenizer } from '@kk/tokenizer';
import { Failure } from '../errors.js';
import { openVerified } from '../files/token-files.js';
import type { WeightedFile } from '../options/weighted-file.js';
import type { TrainingData } from './data.js';
import type { MeasuredPart } from './measured.js';

export interface TokenDataOptions {
  /** Full paths, with their weights. */
  files: readonly WeightedFile[];
  tokenizer: Tokenizer;
  /** The share of the tokens of each file, from its end, for validation. */
  validation: number;
  /** Tokens of a row. */
  context: number;
  seed: number;
}

/** Tokens that are read into memory of each split of each file, to measure losses on: some megabytes. */
const MOST_MEASURED = 2 ** 19;

/** @throws {Failure} naming a file that is damaged, too short, or made with another tokenizer; the signal's reason when stopped */
export async function openTokenData({ files, tokenizer, validation, context, seed }: TokenDataOptions, throwIfInterrupted: () => void): Promise<TrainingData> {
  const parts: { rows: TrainingRows; weight: number }[] = [];
  const measured: { training: MeasuredPart[]; validation: MeasuredPart[] } = { training: [], validation: [] };
  let trainingTokens = 0;
  let validationTokens = 0;
  for (const { path, weight } of files) {
    throwIfInterrupted();
    const source = await openVerified(path, tokenizer.vocabSize);
    const cut = Math.floor(source.length * (1 - validation));
    if (cut <= context) throw new Failure(`${path} has ${cut} tokens to train on, but one context of ${context} needs ${context + 1}.`, 'Give more tokens, or a shorter --context.');
    parts.push({ rows: new ShuffledWindows(partOfTokens(source, 0, cut), { contextLength: context, seed }), weight });
    trainingTokens += cut;
    validationTokens += source.length - cut;
    measured.training.push({ ids: await beginning(source, 0, cut), weight });
    if (source.length - cut > 1) measured.validation.push({ ids: await beginning(source, cut, source.length), weight });
  }
  const rows = parts.length === 1 ? parts[0].rows : new MixedRows(parts, { seed });
  return {
    paths: files.map(({ path }) => path),
    weights: files.map(({ weight }) => weight),
    textHash: rows.fingerprint,
    tokenizer,
    training: rows,
    trainingTokens,
    trainingSample: measured.training,
    validationTokens,
    validation: measured.validation,
  };
}

const beginning = (source: TokenSource, start: number, end: number): Promise<TokenIds> => source.read(start, Math.min(MOST_MEASURED, end - start));
