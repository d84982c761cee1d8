// The stages of Hugging Face transformers, in its order.
import { badWordsStage } from '../processors/bad-words.js';
import { epsilonCutoffStage } from '../processors/epsilon-cutoff.js';
import { etaCutoffStage } from '../processors/eta-cutoff.js';
import { frequencyPenaltyStage } from '../processors/frequency-penalty.js';
import { logitBiasStage } from '../processors/logit-bias.js';
import { minLengthStage } from '../processors/min-length.js';
import { minPStage } from '../processors/min-p.js';
import { noRepeatNGramStage } from '../processors/no-repeat-n-gram.js';
import { presencePenaltyStage } from '../processors/presence-penalty.js';
import { repetitionPenaltyStage } from '../processors/repetition-penalty.js';
import { suppressTokensStage } from '../processors/suppress-tokens.js';
import { temperatureStage } from '../processors/temperature.js';
import { topKStage } from '../processors/top-k.js';
import { topPStage } from '../processors/top-p.js';
import { typicalStage } from '../processors/typical.js';
import { type SamplingOptions } from '../options.js';
import { type Stage } from '../stages/stage.js';

/**
 * Stages in the order of `generate` in Hugging Face transformers (source: `_get_logits_processor` in `generation/utils.py`, version 4.5x):
 * logit bias (`sequence_bias`), repetition penalty, no repeated n-grams, bad words, minimum length, suppressed tokens, temperature, top-k,
 * top-p, min-p, typical, epsilon, eta. Frequency and presence penalties, which transformers does not have, come after the repetition
 * penalty.
 *
 * Ties: top-k keeps all that equal the k-th. Top-p keeps as many at the edge as its sum needs, here those with the lower ids (transformers
 * does not specify which). Typical keeps all at the edge. Penalties apply to the whole text, including the prompt. Options that are not
 * given add no stage. In transformers the default of top-k is 50; here it is off.
 *
 * @throws RangeError if an option is out of range
 */
export function huggingFace(options: SamplingOptions = {}): Stage[] {
  const { logitBias, repetitionPenalty, frequencyPenalty, presencePenalty, noRepeatNGram, badWords, minNewTokens, endTokens, suppressTokens } = options;
  const { temperature, topK, topP, minP, typicalP, epsilonCutoff, etaCutoff } = options;
  const stages: Stage[] = [];
  if (logitBias !== undefined) stages.push(logitBiasStage(logitBias));
  if (repetitionPenalty !== undefined) stages.push(repetitionPenaltyStage(repetitionPenalty));
  if (frequencyPenalty !== undefined) stages.push(frequencyPenaltyStage(frequencyPenalty));
  if (presencePenalty !== undefined) stages.push(presencePenaltyStage(presencePenalty));
  if (noRepeatNGram !== undefined) stages.push(noRepeatNGramStage(noRepeatNGram));
  if (badWords !== undefined) stages.push(badWordsStage(badWords));
  if (minNewTokens !== undefined) stages.push(minLengthStage(minNewTokens, endTokens ?? []));
  if (suppressTokens !== undefined) stages.push(suppressTokensStage(suppressTokens));
  if (temperature !== undefined) stages.push(temperatureStage(temperature));
  if (topK !== undefined) stages.push(topKStage(topK));
  if (topP !== undefined) stages.push(topPStage(topP));
  if (minP !== undefined) stages.push(minPStage(minP));
  if (typicalP !== undefined) stages.push(typicalStage(typicalP));
  if (epsilonCutoff !== undefined) stages.push(epsilonCutoffStage(epsilonCutoff));
  if (etaCutoff !== undefined) stages.push(etaCutoffStage(etaCutoff));
  return stages;
}
