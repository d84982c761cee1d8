// The ratings of a tuning by KTO.
import { encodeRatedAnswer, RatedRows, type EncodePreferenceOptions, type RatedAnswer, type TuningExample } from '@kk/finetune';
import { readRatedAnswerFile } from '@kk/finetune/node';
import type { TransformerConfig } from '@kk/gpt';
import type { Tokenizer } from '@kk/tokenizer';
import type { Context } from '../../context.js';
import type { TuningSettings } from '../settings.js';
import { rowsOfLines, splitLines, type RowsOfLines, type SplitLines } from '../split-lines.js';

/** A rating, and the example that it is without its label. */
export type RatedExample = TuningExample & { readonly rating: RatedAnswer };

export type ReadRatings = SplitLines<RatedExample>;

/** @throws {Error} naming the file and the line that is wrong */
export function readRatings(context: Context, settings: TuningSettings): Promise<ReadRatings> {
  const lines = async function* (file: string): AsyncGenerator<{ line: number; example: RatedExample; isRewritten: boolean }> {
    for await (const { line, rated } of readRatedAnswerFile(file)) {
      const taken = settings.asChat ? asConversation(rated) : rated;
      yield { line, example: exampleOf(taken), isRewritten: taken !== rated };
    }
  };
  return splitLines(context, settings, lines, ({ rating }) => rating);
}

function exampleOf(rating: RatedAnswer): RatedExample {
  const { prompt, completion } = rating;
  return typeof prompt === 'string' ? { prompt, completion: completion as string, rating } : { messages: [...prompt, ...(completion as typeof prompt)], rating };
}

function asConversation(rating: RatedAnswer): RatedAnswer {
  const { prompt, completion, label } = rating;
  if (typeof prompt !== 'string') return rating;
  return { prompt: [{ role: 'user', content: prompt }], completion: [{ role: 'assistant', content: completion as string }], label };
}

export type RowsOfRatings = RowsOfLines<RatedRows>;

/** @throws {Failure} naming the rating that cannot be encoded; {RangeError} when fewer than two fit */
export const rowsOfRatings = (context: Context, data: ReadRatings, tokenizer: Tokenizer, { vocabSize, contextLength }: TransformerConfig, label: EncodePreferenceOptions, { truncation, seed }: TuningSettings): Promise<RowsOfRatings> =>
  rowsOfLines(context, data, ({ rating }) => encodeRatedAnswer(tokenizer, rating, label), (ratings) => new RatedRows(ratings, { contextLength, vocabSize, truncation, seed }));
