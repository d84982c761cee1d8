// The examples of a tuning: read, checked for duplicates, split, and turned into rows.
import { findDuplicates, labelExample, splitExamples, TuningRows, type LabelOptions, type TuningExample } from '@kk/finetune';
import { readExampleFile } from '@kk/finetune/node';
import type { TokenIds, TransformerConfig } from '@kk/gpt';
import { ShuffledWindows, tokensInMemory, type TrainingRows } from '@kk/gpt/data';
import type { Tokenizer } from '@kk/tokenizer';
import type { Context } from '../../context.js';
import { Failure } from '../../errors.js';
import { encodeChunks } from '../../files/encode.js';
import { shortPath } from '../../files/paths.js';
import { TextFiles } from '../../files/text-files.js';
import { rowsOfLines, type RowsOfLines, type SplitLines } from '../split-lines.js';
import type { SupervisedSettings } from './settings.js';

export type ReadData = SplitLines<TuningExample>;

/**
 * Reads all examples, and holds some of them out.
 * @throws {Error} naming the file and the line that is wrong
 */
export async function readExamples(context: Context, { data, heldOut, asChat, seed }: SupervisedSettings): Promise<ReadData> {
  const examples: TuningExample[] = [];
  const places = new Map<TuningExample, string>();
  let rewritten = 0;
  for (const file of data) {
    for await (const { line, example } of readExampleFile(file)) {
      context.throwIfInterrupted();
      const taken: TuningExample = asChat && 'prompt' in example ? { messages: [{ role: 'user', content: example.prompt }, { role: 'assistant', content: example.completion }] } : example;
      if (taken !== example) rewritten += 1;
      examples.push(taken);
      places.set(taken, `${shortPath(context.io.cwd, file)}, line ${line}`);
    }
  }
  const duplicates = findDuplicates(examples).reduce((sum, group) => sum + group.length - 1, 0);
  const different = examples.length - duplicates;
  // With a single different example there is nothing to hold out.
  const split = heldOut > 0 && different > 1 ? splitExamples(examples, { heldOut, seed }) : { training: examples, heldOut: [] };
  return { ...split, duplicates, rewritten, places };
}

export type RowsOfData = RowsOfLines<TuningRows>;

/** @throws {Failure} naming the example that has nothing to learn; {RangeError} when none fits */
export const rowsOf = (context: Context, data: ReadData, tokenizer: Tokenizer, { contextLength, vocabSize }: TransformerConfig, label: LabelOptions, { truncation, packed, seed }: SupervisedSettings): Promise<RowsOfData> =>
  rowsOfLines(context, data, (example) => labelExample(tokenizer, example, label), (labelled) => new TuningRows(labelled, { contextLength, vocabSize, packed, truncation, seed }));

/** Text of the base: what is mixed in, and what only measures how much is forgotten. */
export interface BaseText {
  readonly replay: { readonly rows: TrainingRows; readonly share: number } | undefined;
  readonly heldOut: TokenIds | undefined;
}

/** The part of a text for replay that is not replayed, at its end. */
const HELD_OUT = 0.1;

/** @throws {Failure} naming the text that is too short */
export async function baseTextOf(context: Context, { replay, baseText, seed }: SupervisedSettings, tokenizer: Tokenizer, { contextLength, vocabSize }: TransformerConfig): Promise<BaseText> {
  const file = replay?.file ?? baseText;
  if (file === undefined) return { replay: undefined, heldOut: undefined };
  const { ids } = await encodeChunks(tokenizer, new TextFiles(context, [file]).chunks());
  const shown = shortPath(context.io.cwd, file);
  const needed = replay ? 2 * (contextLength + 1) : 2;
  if (ids.length < needed) throw new Failure(`${shown} has ${ids.length} tokens; expected at least ${needed}, for one context to replay and one to measure.`, 'Give more text.');
  if (!replay) return { replay: undefined, heldOut: ids };
  const end = ids.length - Math.max(contextLength + 1, Math.floor(HELD_OUT * ids.length));
  return { replay: { rows: new ShuffledWindows(tokensInMemory(ids.subarray(0, end), vocabSize), { contextLength, seed }), share: replay.share }, heldOut: ids.subarray(end) };
}
