// Reads and writes n-gram models. If the units are tokens of a tokenizer, its file is next to the model.
import { MarkovModel, type Smoothing, type TextMarkov, type UnitName } from '@kk/markov';
import { readMarkov, writeMarkov } from '@kk/markov/node';
import type { Tokenizer } from '@kk/tokenizer';
import { loadTokenizer, saveTokenizer } from '@kk/tokenizer/node';
import { InvalidArgumentError, Option } from 'commander';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import { markovUnit } from '../options/markov-unit.js';
import { ShownWork } from '../terminal/long-work.js';
import { numberFormats } from '../terminal/numbers.js';
import { textOfBytes } from '../terminal/pieces.js';
import { exists } from './exists.js';
import { fullPath, shortPath } from './paths.js';
import { orInterrupted } from './until-interrupted.js';

const numbers = numberFormats('en');

/** Also compressed: `x.arpa.gz`. */
export const isArpa = (path: string): boolean => /\.(arpa|lm)(\.gz)?$/.test(path);

/** `book.markov` -> `book.markov.tokenizer.json` */
export const tokenizerBeside = (path: string): string => `${path}.tokenizer.json`;

/**
 * @param options.tokenizer  the one whose tokens are the units
 * @param options.quiet  whether to show no progress
 */
export async function saveMarkov(context: Context, path: string, model: TextMarkov, { tokenizer, quiet }: { tokenizer: Tokenizer | undefined; quiet: boolean }): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // Writes the tokenizer first, because a model without it cannot be read.
  if (tokenizer) await saveTokenizer(tokenizer, tokenizerBeside(path));
  const work = new ShownWork(context, { what: 'saving', quiet });
  const ngrams = model.counted.ngramCounts().reduce((sum, some) => sum + some, 0);
  work.show(0);
  await context.breathe();
  await writeMarkov(path, model, { onProgress: (lines) => work.show(Math.min(1, lines / ngrams)), signal: context.io.interrupt }).finally(() => work.done());
}

export interface OpenMarkovOptions {
  /** Replaces the smoothing of the file. */
  smoothing?: Smoothing;
  /** The unit of the tokens of an ARPA file; other files contain it. */
  unit?: UnitName;
  /** Whether an ARPA file without <unk> gets one, so that texts with unknown words can be measured. */
  unknowns?: boolean;
  /** Whether to show no progress. */
  quiet?: boolean;
}

/** The option `--unit` of verbs that read a model. */
export const arpaUnitOption = (): Option => new Option('--unit <unit>', 'what the tokens of an .arpa file are (default: char if each is one character, else word); other files know it').argParser(arpaUnit);

/** Why `--smoothing` has no effect; undefined if it has. */
export const noCounts = ({ model }: { model: string }): string | undefined => (isArpa(model) ? `with ${model}: an .arpa file has probabilities and no counts` : undefined);

/** Why `--unit` has no effect; undefined if it has. */
export const knownUnit = ({ model }: { model: string }): string | undefined => (isArpa(model) ? undefined : `with ${model}: only .arpa files do not know their unit`);

/**
 * @param file  as the user typed it
 * @throws {Failure} naming what is missing or inconsistent
 */
export async function openMarkov(context: Context, file: string, { smoothing, unit, unknowns = false, quiet = false }: OpenMarkovOptions = {}): Promise<TextMarkov> {
  const { io } = context;
  const path = fullPath(io.cwd, file);
  const shown = shortPath(io.cwd, path);
  if (!(await exists(path))) throw new Failure(`Cannot read ${shown}: there is no such file or folder.`, 'Train a model with kk markov train.');
  // Models of other units need no tokenizer: a file of that name is not theirs.
  let unreadable: unknown;
  const tokenizer = (await exists(tokenizerBeside(path))) ? await loadTokenizer(tokenizerBeside(path)).catch((error: unknown) => void (unreadable = error)) : undefined;
  const work = new ShownWork(context, { what: 'reading the model', quiet: quiet || !context.errors.interactive });
  work.show(0);
  const reading = readMarkov(path, { tokenizer: tokenizer ?? undefined, unit: unit ?? unitOf, unknowns, onProgress: (share) => work.show(share), signal: io.interrupt });
  const model = await orInterrupted(io.interrupt, reading)
    .catch((error: Error) => {
      throw unreadable !== undefined && error.cause instanceof TypeError ? unreadable : error;
    })
    .finally(() => work.done());
  return withSmoothing(model, smoothing, shown);
}

/**
 * A model with the same counts and another estimator.
 * @throws {Failure} if the model has no counts
 */
export function withSmoothing(model: TextMarkov, smoothing: Smoothing | undefined, shown: string): TextMarkov {
  if (smoothing === undefined) return model;
  if (!(model.model instanceof MarkovModel)) throw new Failure(`${shown} holds probabilities and no counts, so that --smoothing cannot be changed.`, 'Leave it out, or train a model in another format.');
  return model.withSmoothing(smoothing);
}

/** Guesses the unit of an ARPA file, which does not contain it. */
function unitOf(tokens: readonly string[]): UnitName {
  return tokens.every((token) => ['<s>', '</s>', '<unk>'].includes(token) || [...token].length === 1) ? 'character' : 'word';
}

function arpaUnit(text: string): UnitName {
  const unit = markovUnit(text);
  if (unit.kind === 'tokenizer') throw new InvalidArgumentError('Expected char, grapheme, word or whitespace.');
  return unit.unit;
}

/** The smoothing of a model; null if only probabilities are known. */
export const smoothingOf = ({ model }: TextMarkov): Smoothing | null => (model instanceof MarkovModel ? model.smoothing : null);

/**
 * The ids of a text that the user typed.
 * @throws {Failure} for units that are not in the training texts: they would become <unk>
 */
export function encodeKnown(model: TextMarkov, text: string): Int32Array {
  const { coder } = model.parts;
  const ids = coder.encode(text, { open: true });
  const unknown = ids.indexOf(coder.unknownToken);
  if (coder.unknownToken < 0 || unknown < 0) return ids;
  const { starts, ends } = coder.spans(text);
  throw new Failure(`The texts of this model do not have '${text.slice(starts[unknown], ends[unknown])}'.`, 'Leave it out, or train on a text that has it.');
}

/** The text of a unit; for a token of a tokenizer that holds only a part of a character, its bytes, such as `<C3>`. */
export function shownToken({ tokens, parts }: TextMarkov, id: number): string {
  const bytes = parts.coder.codec?.tokenBytes?.(id);
  return bytes ? textOfBytes(bytes) : tokens[id];
}

/** How many different units the texts have; for a model without counts, how many its vocabulary has. Marks such as <unk> are none. */
export function distinctUnits({ model, parts: { coder } }: TextMarkov): number {
  const ids = model instanceof MarkovModel ? model.counts([]).map(({ id }) => id) : Array.from({ length: model.vocabSize }, (_, id) => id);
  const marks = [coder.startToken, coder.endToken, coder.unknownToken];
  return ids.filter((id) => !marks.includes(id)).length;
}

/** For example `24,288 different ones`; a tokenizer also has tokens that the texts do not have. */
export function distinctInWords(model: TextMarkov): string {
  const distinct = `${numbers.integer(distinctUnits(model))} different ones`;
  return model.unit === 'tokenizer' ? `${distinct} of ${numbers.integer(model.model.vocabSize)}` : distinct;
}

/** Whether the model has its texts, so that it can show the origin of a passage. */
export const hasTexts = ({ model, parts }: TextMarkov): boolean => model instanceof MarkovModel && parts.strings.length > 0 && parts.strings.every((text) => text !== undefined);
