// The sampling options of all verbs that generate text with a GPT.
import { type SamplingOptions } from '@kk/sampler';
import { Option } from 'commander';
import { type Verb } from '../grammar/verb.js';
import { decimal, integer } from './parse.js';

export interface SamplingFlags {
  temperature: number;
  topK?: number;
  topP?: number;
  minP?: number;
  typicalP?: number;
  repetitionPenalty?: number;
  frequencyPenalty?: number;
  presencePenalty?: number;
  noRepeatNgram?: number;
}

/** Options that choose among several tokens. */
const choosing = ['topK', 'topP', 'minP', 'typicalP'];

/** @param temperatureStays  whether the temperature is that of the option all the time: with 0, options that choose then have no effect */
export function addSampling(verb: Verb, { temperatureStays = true } = {}): Verb {
  verb
    .addOption(new Option('--temperature <t>', '0 always takes the likeliest token, above 1 gets wild').argParser(decimal(0)).default(0.8))
    .addOption(new Option('--top-k <k>', 'choose among the k likeliest tokens only').argParser(integer(1)))
    .addOption(new Option('--top-p <p>', 'choose among the likeliest tokens that together have this probability').argParser(decimal(0, 1)))
    .addOption(new Option('--min-p <p>', 'choose among tokens at least this share as likely as the likeliest').argParser(decimal(0, 1)))
    .addOption(new Option('--typical-p <p>', 'choose among the least surprising tokens that together have this probability').argParser(decimal(0, 1)))
    .addOption(new Option('--repetition-penalty <r>', 'above 1: tokens that were there, in the prompt too, become less likely by this factor').argParser(decimal(0, 100, { above: true })))
    .addOption(new Option('--frequency-penalty <f>', 'above 0: the same, more for each time that they were written').argParser(decimal(-100, 100)))
    .addOption(new Option('--presence-penalty <p>', 'above 0: the same, however often they were written').argParser(decimal(-100, 100)))
    .addOption(noRepeatNgram());
  return temperatureStays ? verb.excludes(choosing, 'temperature', 0) : verb;
}

/** Commander takes `--no-` for the opposite of an option, and would call it `repeatNgram`. */
function noRepeatNgram(): Option {
  const option = new Option('--no-repeat-ngram <n>', 'never write the same n tokens twice').argParser(integer(1));
  option.negate = false;
  return option;
}

export function samplingOf({ temperature, topK, topP, minP, typicalP, repetitionPenalty, frequencyPenalty, presencePenalty, noRepeatNgram }: SamplingFlags): SamplingOptions {
  return { temperature, topK, topP, minP, typicalP, repetitionPenalty, frequencyPenalty, presencePenalty, noRepeatNGram: noRepeatNgram };
}
