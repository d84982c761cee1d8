// The sampling options of all verbs that generate text with a GPT.
import type { LengthDecayOptions, SamplingOptions } from '@kk/sampler';
import type { Tokenizer } from '@kk/tokenizer';
import { InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../errors.js';
import type { Verb } from '../grammar/verb.js';
import { decimal, integer } from './parse.js';

export interface SamplingFlags {
  temperature: number;
  topH?: number;
  topK?: number;
  topP?: number;
  minP?: number;
  typicalP?: number;
  epsilonCutoff?: number;
  etaCutoff?: number;
  repetitionPenalty?: number;
  frequencyPenalty?: number;
  presencePenalty?: number;
  noRepeatNgram?: number;
  lengthDecay?: LengthDecayOptions;
  bias?: BiasedText[];
  noWords?: string[];
}

interface BiasedText {
  text: string;
  /** In nats, added to the logit. */
  bias: number;
}

/** Options that choose among several tokens. */
const choosing = ['topH', 'topK', 'topP', 'minP', 'typicalP', 'epsilonCutoff', 'etaCutoff'];

/** @param temperatureStays  whether the temperature is that of the option all the time: with 0, options that choose then have no effect */
export function addSampling(verb: Verb, { temperatureStays = true } = {}): Verb {
  verb
    .addOption(new Option('--temperature <t>', '0 always takes the likeliest token, above 1 gets wild').argParser(decimal(0)).default(0.8))
    .addOption(new Option('--top-h <h>', 'choose among the likeliest tokens that together have at most this share of the entropy').argParser(decimal(0, 1)))
    .addOption(new Option('--top-k <k>', 'choose among the k likeliest tokens only').argParser(integer(1)))
    .addOption(new Option('--top-p <p>', 'choose among the likeliest tokens that together have this probability').argParser(decimal(0, 1)))
    .addOption(new Option('--min-p <p>', 'choose among tokens at least this share as likely as the likeliest').argParser(decimal(0, 1)))
    .addOption(new Option('--typical-p <p>', 'choose among the least surprising tokens that together have this probability').argParser(decimal(0, 1)))
    .addOption(new Option('--epsilon-cutoff <p>', 'choose among tokens at least this probable').argParser(decimal(0, 1)))
    .addOption(new Option('--eta-cutoff <p>', 'the same, with a bound that is lower where many tokens are possible').argParser(decimal(0, 1)))
    .addOption(new Option('--repetition-penalty <r>', 'above 1: tokens that were there, in the prompt too, become less likely by this factor').argParser(decimal(0, 100, { above: true })))
    .addOption(new Option('--frequency-penalty <f>', 'above 0: the same, more for each time that they were written').argParser(decimal(-100, 100)))
    .addOption(new Option('--presence-penalty <p>', 'above 0: the same, however often they were written').argParser(decimal(-100, 100)))
    .addOption(notNegated(new Option('--no-repeat-ngram <n>', 'never write the same n tokens twice').argParser(integer(1))))
    .addOption(new Option('--length-decay <start,factor>', 'after so many tokens the end becomes likelier with each one, the faster the more the factor is above 1').argParser(startAndFactor))
    .addOption(new Option('--bias <text=b>', 'this text becomes likelier, or less likely below 0: b is added to the logit of its last token, after its other tokens; may be given several times').argParser((text, previous?: BiasedText[]) => [...(previous ?? []), textAndBias(text)]))
    .addOption(notNegated(new Option('--no-words <text...>', 'never write the tokens of this text; with a blank before it, it is another text')));
  return temperatureStays ? verb.excludes(choosing, 'temperature', 0) : verb;
}

/** Commander takes `--no-` for the opposite of an option, and would call it `repeatNgram`. */
function notNegated(option: Option): Option {
  option.negate = false;
  return option;
}

/** `100,1.1`: a number of tokens, and a factor. */
function startAndFactor(text: string): LengthDecayOptions {
  const [, start, factor] = /^\s*(\d+)\s*,\s*(\d+\.?\d*|\.\d+)\s*$/.exec(text) ?? [];
  const decay = { start: Number(start), factor: Number(factor) };
  if (Number.isSafeInteger(decay.start) && decay.factor > 0 && decay.factor <= 100) return decay;
  throw new InvalidArgumentError('Expected a whole number of tokens from 0 and a factor above 0 to 100, such as 100,1.1.');
}

/** ` Hund=2`: a text, which may have a `=` itself, and a number. */
function textAndBias(given: string): BiasedText {
  const [, text, number] = /^(.+)=([^=]*)$/s.exec(given) ?? [];
  if (text === undefined) throw new InvalidArgumentError("Expected a text, '=' and a number from -100 to 100, such as ' dog=2'.");
  return { text, bias: decimal(-100, 100)(number) };
}

/** @throws {UsageError} for a text without a token, or that the tokenizer cannot encode */
function tokensOf(option: string, text: string, tokenizer: Pick<Tokenizer, 'encode'>): number[] {
  const hint = `Choose another text for ${option}.`;
  try {
    const ids = tokenizer.encode(text, { addSpecialTokens: false });
    if (ids.length > 0) return ids;
  } catch (cause) {
    throw new UsageError(`'${text}' of ${option} cannot be encoded: ${cause instanceof Error ? cause.message : String(cause)}`, hint);
  }
  throw new UsageError(`'${text}' of ${option} has no token; expected a text of at least one.`, hint);
}

/**
 * What the sampler is told.
 * @param tokenizer  that of the model: texts are told as their tokens
 * @throws {UsageError} as tokensOf() does
 */
export function samplingOf(flags: SamplingFlags, tokenizer: Pick<Tokenizer, 'encode'>): SamplingOptions {
  const { temperature, topH, topK, topP, minP, typicalP, epsilonCutoff, etaCutoff, repetitionPenalty, frequencyPenalty, presencePenalty, noRepeatNgram, lengthDecay } = flags;
  return {
    temperature, topH, topK, topP, minP, typicalP, epsilonCutoff, etaCutoff, repetitionPenalty, frequencyPenalty, presencePenalty, noRepeatNGram: noRepeatNgram, lengthDecay,
    sequenceBias: flags.bias?.map(({ text, bias }) => [tokensOf('--bias', text, tokenizer), bias] as const),
    badWords: flags.noWords?.map((text) => tokensOf('--no-words', text, tokenizer)),
  };
}
