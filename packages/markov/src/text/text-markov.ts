// The Nonsense-Texter: a Markov chain for texts. It learns from texts and writes nonsense in their style.
import { checkOptions, describe, type OptionNames, requireIterable, requireList, requireText } from '@kk/options';
import type { SamplingOptions } from '@kk/sampler';
import type { BackoffModel } from '../backoff-model.js';
import type { Smoothing } from '../estimators/index.js';
import type { Evaluation } from '../evaluation/evaluation.js';
import { MarkovModel } from '../markov-model.js';
import { checkWeight, keptIds, type KeptText, nameFor, type SourceText, textNamed } from '../sources.js';
import { finished, type Steps, within } from '../steps.js';
import { Beginnings, firstIds } from './beginnings.js';
import { type CodecCoder, type TextCoder, UnitCoder } from './coder.js';
import { type Continuation, type Occurrence, Provenance, type TextCopyReport } from './provenance.js';
import { asSource, type TextMarkovOptions, type TextMarkovParts, type TextSource, TextTraining } from './text-training.js';
import type { UnitName } from './units.js';
import { writeIds } from './write-ids.js';
import { type SentenceOptions, writeSentence } from './write-sentence.js';

export interface TextGenerateOptions extends Pick<SamplingOptions, 'temperature' | 'topK' | 'topP'> {
  /** The number of units to write: an integer from 0. */
  length: number;
  /** Equal seeds give equal texts: an integer from 0 to 2^53 - 1. Default: a new random seed. */
  seed?: number;
  /** The beginning to continue, made of units of the training text; or the ids of one. Default: a new text; see `beginning`. */
  prompt?: string | ArrayLike<number>;
  /**
   * Where a text without a prompt begins. 'text' (the default): as the training texts begin, so that its first `order` units are those of
   * one of them. 'sentence': there, or after an end of a sentence within a text. A chain that was trained with `sentences` knows no texts, only
   * sentences, and begins as these do. If it is not known how the texts begin (ARPA files, order 0), a text begins as sentences do; if
   * there are none, anywhere. After a unit that only ends texts, a new text begins in the same way.
   */
  beginning?: 'text' | 'sentence';
}

export interface TextEvaluation extends Evaluation {
  /** The number of Unicode code points, and of bytes in UTF-8. */
  characters: number;
  bytes: number;
  /** The loss per character and per byte, in bits; these can be compared between units. */
  bitsPerCharacter: number;
  bitsPerByte: number;
}

const textMarkovOptionNames: OptionNames<TextMarkovOptions> = { unit: 'required', order: 'required', smoothing: 'optional', sentences: 'flag', unknowns: 'flag', minCount: 'optional', keepTexts: 'flag', floor: 'optional' };

/** What is read, for error messages. */
const TEXTS = 'a list of texts';

const sentenceOptionNames: Readonly<Record<keyof SentenceOptions, true>> = { maxCharacters: true, maxCopied: true, tries: true, temperature: true, topK: true, topP: true, seed: true };

const streamOptionNames: OptionNames<Omit<TextGenerateOptions, 'length'>> = { seed: 'optional', prompt: 'optional', beginning: 'optional', temperature: 'optional', topK: 'optional', topP: 'optional' };
const textGenerateOptionNames: OptionNames<TextGenerateOptions> = { length: 'required', ...streamOptionNames };

export class TextMarkov {
  #parts: TextMarkovParts;
  #provenance: Provenance | undefined;

  /** Used by the formats; otherwise call train(). */
  constructor(parts: TextMarkovParts) {
    this.#parts = parts;
  }

  /**
   * Trains on a text, or on several; each is a sequence of its own.
   *
   * @throws RangeError if there is no text (of words: if it holds only white space), or if an option is out of range
   */
  static train(texts: string | TextSource | Iterable<string | TextSource>, options: TextMarkovOptions): TextMarkov {
    checkOptions('TextMarkov.train', options, textMarkovOptionNames);
    const isList = typeof texts === 'object' && texts !== null && Symbol.iterator in texts;
    const list = isList ? [...texts] : [texts];
    const training = new TextTraining(options);
    finished(training.restrict(list.map(asSource)));
    for (const text of list) training.add(asSource(text));
    return new TextMarkov(training.finish());
  }

  /**
   * Like train(), in steps of some tenths of a second. The generator yields the approximate share of the
   * work that is done, 0 to 1, and returns the model, so that the caller can show progress, do other work between two steps, or stop.
   * Reading is cut between words or characters (a tokenizer reads each text in one step).
   *
   * @throws RangeError as train() does
   */
  static *trainInSteps(texts: readonly (string | TextSource)[], options: TextMarkovOptions): Generator<number, TextMarkov, void> {
    checkOptions('TextMarkov.trainInSteps', options, textMarkovOptionNames);
    requireIterable('texts', texts, TEXTS);
    const sources = [...texts].map(asSource);
    const training = new TextTraining(options);
    // Counting follows after all texts are read, unless they are very long. For every three n-gram lengths it takes as long as reading.
    const counting = (options.order + 1) / 3;
    const looking = (options.minCount ?? 1) > 1 ? 1 : 0;
    const whole = looking + 1 + counting;
    yield* within(training.restrict(sources), 0, looking / whole);
    const characters = sources.reduce((sum, { text }) => sum + text.length, 0);
    let read = 0;
    for (const source of sources) {
      const before = read;
      read += source.text.length;
      yield* within(training.addInSteps(source), (looking + before / characters) / whole, (looking + read / characters) / whole);
    }
    return new TextMarkov(yield* within(training.finishInSteps(), (looking + 1) / whole, 1));
  }

  /**
   * Like train(), for texts that arrive over time, such as the lines or chapters of a large file. Each is a sequence of its own, and
   * counting takes little memory. Texts are kept only on request.
   *
   * @throws RangeError as train() does, and for minCount above 1, which would need the texts twice
   */
  static async trainStream(texts: AsyncIterable<string | TextSource> | Iterable<string | TextSource>, options: TextMarkovOptions): Promise<TextMarkov> {
    checkOptions('TextMarkov.trainStream', options, textMarkovOptionNames);
    const training = new TextTraining({ keepTexts: false, ...options });
    if ((options.minCount ?? 1) > 1) throw new RangeError('minCount above 1 needs all texts before the first is counted: use train()');
    if (!(typeof texts === 'object' && texts !== null && Symbol.asyncIterator in texts)) requireIterable('texts', texts, TEXTS);
    for await (const text of texts) training.add(asSource(text));
    return new TextMarkov(training.finish());
  }

  /** The chain over ids; a NextTokenModel. For a model from an ARPA file it is a BackoffModel, without counts. */
  get model(): MarkovModel | BackoffModel {
    return this.#parts.model;
  }

  /** The model with its counts. @throws TypeError if it has none */
  get counted(): MarkovModel {
    if (this.model instanceof MarkovModel) return this.model;
    throw new TypeError('this model has probabilities but no counts, as ARPA files do; train on the texts instead');
  }

  /** The token of each id, in the order of first appearance. With words, punctuation marks include the spaces around them. */
  get tokens(): readonly string[] {
    return this.#parts.coder.tokens;
  }

  get order(): number {
    return this.model.order;
  }

  /** The unit's name; 'tokenizer' for the ids of a tokenizer. */
  get unit(): UnitName | 'tokenizer' {
    return this.#parts.coder instanceof UnitCoder ? this.#parts.coder.options.unit : 'tokenizer';
  }

  /** The training texts. */
  get sources(): readonly SourceText[] {
    return this.#parts.texts.map(({ name, weight, length }) => ({ name, weight, length }));
  }

  /**
   * The internal parts, for formats and for tools that need more than the other members offer, such as the places of sequences in the
   * texts. Do not change them.
   */
  get parts(): TextMarkovParts {
    return this.#parts;
  }

  /**
   * The model that training with a lower order would give. It shares the counts, so that this takes no time: train once with the highest order
   * to try them all.
   *
   * @throws RangeError unless order is an integer from 0 to that of this model
   */
  withOrder(order: number): TextMarkov {
    const { beginnings } = this.#parts;
    const shorter = new Beginnings(Math.min(order, beginnings.length)).with(beginnings.list.map(({ ids, count }) => ({ ids: ids.slice(0, order), count })));
    return new TextMarkov({ ...this.#parts, model: this.counted.withOrder(order), coder: this.#parts.coder.copy(), beginnings: shorter });
  }

  /** A model with the same counts and another estimator. */
  withSmoothing(smoothing: Smoothing): TextMarkov {
    return new TextMarkov({ ...this.#parts, model: this.counted.withSmoothing(smoothing), coder: this.#parts.coder.copy() });
  }

  /**
   * Adds a text; new units join the vocabulary. With minCount above 1, everything is counted again.
   *
   * @throws RangeError if its name is already used or its weight is out of range
   */
  add(text: string | TextSource): void {
    const source = asSource(text);
    const { coder, minCount, strings, texts, keepTexts } = this.#parts;
    const { weight = 1 } = source;
    checkWeight(weight);
    const name = nameFor(texts, source.name);
    if (minCount > 1) {
      this.#retrain([...this.#kept(), { text: source.text, name, weight }]);
      return;
    }
    const ids = coder.learn(source.text);
    const model = this.counted.withVocabSize(coder.vocabSize);
    model.add({ ids, name, weight });
    this.#replace({ ...this.#parts, model, beginnings: this.#beginningsWith(ids, weight), texts: [...texts, { name, weight, length: ids.length, ids: keepTexts ? () => ids : undefined }], strings: [...strings, keepTexts ? source.text : undefined] });
  }

  /**
   * Removes a text: the model is then the same as without it. The text's counts are subtracted; everything is counted again only if the
   * vocabulary changes.
   *
   * @throws RangeError if there is no text of that name, or no other
   * @throws Error if the texts were not kept
   */
  remove(name: string): void {
    const { texts, strings, minCount, coder } = this.#parts;
    const index = textNamed(texts, name);
    const others = texts.filter((_, i) => i !== index);
    if (others.length === 0) throw new RangeError(`${JSON.stringify(name)} is the only text: a model without texts knows nothing; train a new one`);
    keptIds(texts[index]);
    if (minCount > 1 || !appearInOrder(others, coder)) {
      this.#retrain(this.#kept().filter((_, i) => i !== index));
      return;
    }
    const model = this.counted.withVocabSize(coder.vocabSize);
    model.remove(name);
    this.#replace({ ...this.#parts, model, beginnings: this.#beginningsWith(keptIds(texts[index]), -texts[index].weight), texts: others, strings: strings.filter((_, i) => i !== index) });
  }

  /**
   * The ids of a text's units. A punctuation mark that occurs in the training text only with other spaces around it is taken as that token.
   *
   * @throws RangeError if a unit is not in the training text, unless the model has <unk>
   */
  encode(text: string): Int32Array {
    requireText('text', text);
    return this.#parts.coder.encode(text);
  }

  /**
   * The text of ids.
   *
   * @throws RangeError if an id is out of range
   */
  decode(ids: ArrayLike<number>): string {
    requireList('ids', ids, 'a list of ids');
    return this.#parts.coder.decode(ids);
  }

  /**
   * Writes a text. It begins with the prompt, or without one as the training texts begin.
   *
   * @throws RangeError if an option is out of range, or the prompt contains a unit that is not in the training text
   */
  generate(options: TextGenerateOptions): string {
    checkOptions('TextMarkov.generate', options, textGenerateOptionNames);
    const prompt = this.#promptIds(options.prompt);
    const text = this.decode([...prompt, ...this.generateTokens(options)]);
    return prompt.length === 0 ? text.trimStart() : text;
  }

  /** The ids that generate() appends to the prompt: `length` units, and the ends of sentences between them. */
  generateTokens(options: TextGenerateOptions): Int32Array {
    checkOptions('TextMarkov.generateTokens', options, textGenerateOptionNames);
    const { length, ...writing } = options;
    if (!(Number.isInteger(length) && length >= 0)) throw new RangeError(`length must be an integer from 0, got ${describe(length)}`);
    const { endToken } = this.#parts.coder;
    const written: number[] = [];
    let units = 0;
    if (length > 0) {
      for (const id of this.stream(writing)) {
        written.push(id);
        if (id !== endToken && ++units === length) break;
      }
    }
    return Int32Array.from(written);
  }

  /**
   * Writes one whole sentence, which begins as the sentences of the texts begin and ends with an end mark, a line break or a text; with `sentences`,
   * as they end. Sentences that are too long, or too much of which is copied word for word, are thrown away.
   *
   * @throws RangeError if an option is out of range
   * @throws Error if none of `tries` sentences is as wanted, saying why; or if maxCopied is below 1 and the texts were not kept
   */
  sentence(options: SentenceOptions = {}): string {
    checkOptions('TextMarkov.sentence', options, sentenceOptionNames);
    return writeSentence(this.#parts, options, (ids) => this.counted.sourceIndex.copies(ids, 1).longest?.length ?? 0);
  }

  /** Like generateTokens(), one id after the other and without end. */
  stream(options: Omit<TextGenerateOptions, 'length'> = {}): Generator<number, never, undefined> {
    checkOptions('TextMarkov.stream', options, streamOptionNames);
    return writeIds(this.#parts, { ...options, prompt: this.#promptIds(options.prompt) });
  }

  /**
   * How well the model predicts a text: nats per unit, perplexity with and without unknown units, bits per character and byte.
   *
   * @throws RangeError if the text is empty, or contains unknown units and the model has no <unk>
   */
  evaluate(text: string): TextEvaluation {
    return finished(this.evaluateInSteps(text));
  }

  /** Like evaluate(), in steps of some tenths of a second. Yields the approximate share of the work that is done, 0 to 1. */
  *evaluateInSteps(text: string): Steps<TextEvaluation> {
    requireText('text', text);
    const { model } = this;
    const ids = yield* within(this.#parts.coder.encodeInSteps(text), 0, 0.3);
    const backoff = model instanceof MarkovModel ? yield* within(model.backoffInSteps(), 0.3, 0.5) : model;
    const evaluation = yield* within(backoff.evaluateInSteps(ids), 0.5, 1);
    const characters = text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
    const bytes = new TextEncoder().encode(text).length;
    const bits = evaluation.nats / Math.LN2;
    return { ...evaluation, characters, bytes, bitsPerCharacter: bits / characters, bitsPerByte: bits / bytes };
  }

  /** The places of a sequence of units, a text or ids, in the texts, in their order; at most `limit`. @throws Error if the texts were not kept */
  occurrences(context: string | ArrayLike<number>, limit = Infinity): Occurrence[] {
    const ids = typeof context === 'string' ? this.#parts.coder.encode(context, { open: true, foreign: this.#foreign }) : Int32Array.from(listed('context', context));
    return this.#origins().occurrences(ids[0] === this.#parts.coder.startToken ? ids.subarray(1) : ids, limit);
  }

  /**
   * For every unit of a text (for example a generated one), or of its ids: the length of the context that it shares with a source, and where.
   *
   * @throws Error if the texts were not kept
   */
  trace(text: string | ArrayLike<number>, limit = 3): Continuation[] {
    return this.#origins().trace(this.#idsOf(text), this.order, limit);
  }

  /**
   * Finds the passages of a text, or of its ids, that are copied verbatim from the sources: the share of units in copies of at least `minimumRun` units, and
   * the longest copy.
   *
   * @throws RangeError if minimumRun is not an integer from 1
   * @throws Error if the texts were not kept
   */
  copies(text: string | ArrayLike<number>, options: { minimumRun: number }): TextCopyReport {
    checkOptions<{ minimumRun: number }>('TextMarkov.copies', options, { minimumRun: 'required' });
    return this.#origins().copies(this.#idsOf(text), options.minimumRun);
  }

  #idsOf(text: string | ArrayLike<number>): Int32Array {
    return typeof text === 'string' ? this.#parts.coder.encode(text, { foreign: this.#foreign }) : Int32Array.from(listed('text', text));
  }

  #promptIds(prompt: string | ArrayLike<number> = []): ArrayLike<number> & Iterable<number> {
    if (typeof prompt !== 'string') return listed('prompt', prompt);
    return prompt === '' ? [] : this.#parts.coder.encode(prompt, { open: true });
  }

  /** An id that occurs in no source. */
  get #foreign(): number {
    return this.#parts.coder.vocabSize;
  }

  #origins(): Provenance {
    const { coder, strings } = this.#parts;
    const texts = strings.map((text, i) => {
      if (text === undefined) throw new Error(`the text ${JSON.stringify(this.#parts.texts[i].name)} was not kept; train with keepTexts: true to look up where something stands`);
      return text;
    });
    this.#provenance ??= new Provenance({ index: this.counted.sourceIndex, coder, texts });
    return this.#provenance;
  }

  #kept(): Required<TextSource>[] {
    const { texts, strings } = this.#parts;
    return texts.map(({ name, weight }, i) => {
      const text = strings[i];
      if (text === undefined) throw new Error(`the text ${JSON.stringify(name)} was not kept; train with keepTexts: true to add and remove texts`);
      return { name, weight, text };
    });
  }

  #retrain(sources: readonly TextSource[]): void {
    const { coder, minCount, keepTexts } = this.#parts;
    const { order, smoothing, floor } = this.counted;
    const unit = coder instanceof UnitCoder ? coder.options : { unit: (coder as CodecCoder).codec };
    this.#replace(TextMarkov.train(sources, { ...unit, order, smoothing, floor, minCount, keepTexts }).#parts);
  }

  #replace(parts: TextMarkovParts): void {
    this.#parts = parts;
    this.#provenance = undefined;
  }

  #beginningsWith(ids: Int32Array, weight: number): Beginnings {
    const { beginnings, coder } = this.#parts;
    return beginnings.with([{ ids: firstIds(ids, beginnings.length, (id) => coder.isBlank(id)), count: weight }]);
  }
}

/** Whether ids first appear in ascending order without gaps. If so, these texts alone would have given the same vocabulary. */
function appearInOrder(texts: readonly KeptText[], coder: TextCoder): boolean {
  if (!(coder instanceof UnitCoder)) return true;
  const specials = [coder.startToken, coder.endToken, coder.unknownToken];
  let next = specials.filter((id) => id >= 0).length;
  for (const text of texts) {
    for (const id of keptIds(text)) {
      if (id > next) return false;
      if (id === next) next++;
    }
  }
  return next === coder.vocabSize;
}

/** @throws TypeError if what was given in place of a text is no list of ids either */
function listed(name: string, ids: ArrayLike<number>): number[] {
  requireList(name, ids, 'a text or a list of ids');
  return Array.from(ids);
}
