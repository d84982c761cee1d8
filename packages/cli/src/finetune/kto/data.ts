// The ratings of a tuning by KTO.
import { encodeJudgedAnswer, JudgedRows, type EncodePreferenceOptions, type JudgedAnswer, type TuningExample } from '@kk/finetune';
import { readJudgedAnswerFile } from '@kk/finetune/node';
import { type TransformerConfig } from '@kk/gpt';
import { type Tokenizer } from '@kk/tokenizer';
import { type Context } from '../../context.js';
import { type TuningSettings } from '../settings.js';
import { rowsOfLines, splitLines, type RowsOfLines, type SplitLines } from '../split-lines.js';

/** A rating, and the example that it is without its label. */
export type RatedExample = TuningExample & { readonly rating: JudgedAnswer };

export type ReadRatings = SplitLines<RatedExample>;

/** @throws {Error} naming the file and the line that is wrong */
export function readRatings(context: Context, settings: TuningSettings): Promise<ReadRatings> {
  const lines = async function* (file: string): AsyncGenerator<{ line: number; example: RatedExample }> {
    for await (const { line, judged } of readJudgedAnswerFile(file)) yield { line, example: exampleOf(settings.asChat ? asConversation(judged) : judged) };
  };
  return splitLines(context, settings, lines, ({ rating }) => rating);
}

function exampleOf(rating: JudgedAnswer): RatedExample {
  const { prompt, completion } = rating;
  return typeof prompt === 'string' ? { prompt, completion: completion as string, rating } : { messages: [...prompt, ...(completion as typeof prompt)], rating };
}

function asConversation(rating: JudgedAnswer): JudgedAnswer {
  const { prompt, completion, label } = rating;
  if (typeof prompt !== 'string') return rating;
  return { prompt: [{ role: 'user', content: prompt }], completion: [{ role: 'assistant', content: completion as string }], label };
}

export type RowsOfRatings = RowsOfLines<JudgedRows>;

/** @throws {Failure} naming the rating that cannot be encoded; {RangeError} when fewer than two fit */
export const rowsOfRatings = (context: Context, data: ReadRatings, tokenizer: Tokenizer, { vocabSize, contextLength }: TransformerConfig, label: EncodePreferenceOptions, { truncation, seed }: TuningSettings): Promise<RowsOfRatings> =>
  rowsOfLines(context, data, ({ rating }) => encodeJudgedAnswer(tokenizer, rating, label), (ratings) => new JudgedRows(ratings, { contextLength, vocabSize, truncation, seed }));
