// The stages of vLLM, in its order.
import { allowTokensStage } from '../processors/allow-tokens.js';
import { badWordsStage } from '../processors/bad-words.js';
import { frequencyPenaltyStage } from '../processors/frequency-penalty.js';
import { type LogitBias, logitBiasStage } from '../processors/logit-bias.js';
import { minLengthStage } from '../processors/min-length.js';
import { minPStage } from '../processors/min-p.js';
import { presencePenaltyStage } from '../processors/presence-penalty.js';
import { repetitionPenaltyStage } from '../processors/repetition-penalty.js';
import { temperatureStage } from '../processors/temperature.js';
import { topKStage } from '../processors/top-k.js';
import { topPStage } from '../processors/top-p.js';
import { checkTemperature } from '../options.js';
import { requireInteger, requireKnown } from '../checks.js';
import type { Stage } from '../stages/stage.js';

/** The sampling parameters of vLLM under our names. Parameters that are not given change nothing. */
export interface VLLMOptions {
  allowedTokens?: Iterable<number>;
  badWords?: Iterable<ArrayLike<number>>;
  /** With `endTokens`: none of these before this many tokens are written. */
  minNewTokens?: number;
  endTokens?: Iterable<number>;
  logitBias?: LogitBias;
  repetitionPenalty?: number;
  frequencyPenalty?: number;
  presencePenalty?: number;
  /** 1; below 0.00001 it takes the most probable token. */
  temperature?: number;
  minP?: number;
  /** An integer from 1; 0 and -1: off. */
  topK?: number;
  topP?: number;
}

const vLLMNames: Readonly<Record<keyof VLLMOptions, true>> = {
  allowedTokens: true, badWords: true, minNewTokens: true, endTokens: true, logitBias: true, repetitionPenalty: true, frequencyPenalty: true, presencePenalty: true, temperature: true, minP: true, topK: true, topP: true,
};

/** Below this temperature vLLM is greedy. */
const GREEDY_BELOW = 1e-5;

/**
 * Stages in the order of vLLM (source: `v1/sample/sampler.py` and `v1/sample/ops/bad_words.py`, 2025): allowed tokens, bad words, minimum
 * length, logit bias, repetition, frequency and presence penalty, temperature, min-p, top-k, top-p. Bad words and the last two penalties
 * apply only to the text written; the repetition penalty also to the prompt.
 *
 * Ties: top-k keeps all that equal the k-th; top-p keeps as many at the edge as its sum needs, here those with the lower ids. vLLM draws
 * with exponential variables, which is equivalent to Gumbel-max: `new Sampler(vLLM(...), { draw: 'gumbel' })`.
 *
 * @throws RangeError if an option is out of range
 */
export function vLLM(options: VLLMOptions = {}): Stage[] {
  requireKnown('vLLM', options, vLLMNames);
  const { allowedTokens, badWords, minNewTokens, endTokens = [], logitBias, repetitionPenalty = 1, frequencyPenalty = 0, presencePenalty = 0 } = options;
  const { temperature = 1, minP = 0, topK = 0, topP = 1 } = options;
  checkTemperature(temperature);
  requireInteger('topK', topK, -1, '0 and -1 keep every token');
  const stages: Stage[] = [];
  if (allowedTokens !== undefined) stages.push(allowTokensStage(allowedTokens));
  if (badWords !== undefined) stages.push(badWordsStage(badWords, { includePrompt: false }));
  if (minNewTokens !== undefined) stages.push(minLengthStage(minNewTokens, endTokens));
  if (logitBias !== undefined) stages.push(logitBiasStage(logitBias));
  stages.push(repetitionPenaltyStage(repetitionPenalty), frequencyPenaltyStage(frequencyPenalty), presencePenaltyStage(presencePenalty));
  stages.push(temperatureStage(temperature < GREEDY_BELOW ? 0 : temperature), minPStage(minP));
  if (topK > 0) stages.push(topKStage(topK));
  stages.push(topPStage(topP));
  return stages;
}
