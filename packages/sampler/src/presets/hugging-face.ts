// The stages of Hugging Face transformers, in its order.
import { badWordsStage } from '../processors/bad-words.js';
import { epsilonCutoffStage } from '../processors/epsilon-cutoff.js';
import { etaCutoffStage } from '../processors/eta-cutoff.js';
import { forceEndStage } from '../processors/force-end.js';
import { frequencyPenaltyStage } from '../processors/frequency-penalty.js';
import { lengthDecayStage } from '../processors/length-decay.js';
import { logitBiasStage } from '../processors/logit-bias.js';
import { minLengthStage } from '../processors/min-length.js';
import { minPStage } from '../processors/min-p.js';
import { noRepeatNGramStage } from '../processors/no-repeat-n-gram.js';
import { noRepeatPromptNGramStage } from '../processors/no-repeat-prompt-n-gram.js';
import { presencePenaltyStage } from '../processors/presence-penalty.js';
import { repetitionPenaltyStage } from '../processors/repetition-penalty.js';
import { sequenceBiasStage } from '../processors/sequence-bias.js';
import { suppressTokensStage } from '../processors/suppress-tokens.js';
import { temperatureStage } from '../processors/temperature.js';
import { topHStage } from '../processors/top-h.js';
import { topKStage } from '../processors/top-k.js';
import { topPStage } from '../processors/top-p.js';
import { typicalStage } from '../processors/typical.js';
import { type SamplingOptions } from '../options.js';
import { type Stage } from '../stages/stage.js';

/**
 * Stages in the order of `generate` in Hugging Face transformers (source: `_get_logits_processor` in `generation/utils.py`, version 4.5x):
 * logit bias and sequence bias (both `sequence_bias`), repetition penalty, no repeated n-grams, none of the prompt, bad words, minimum
 * length, forced end, length decay, suppressed tokens, temperature, top-h, top-k, top-p, min-p, typical, epsilon, eta. Frequency and presence
 * penalties, which transformers does not have, come after the repetition penalty.
 *
 * Ties: top-k keeps all that equal the k-th. Top-p keeps as many at the edge as its sum needs, here those with the lower ids (transformers
 * does not specify which). Typical keeps all at the edge. Penalties apply to the whole text, including the prompt. Options that are not
 * given add no stage. In transformers the default of top-k is 50; here it is off.
 *
 * @throws RangeError if an option is out of range
 */
export function huggingFace(options: SamplingOptions = {}): Stage[] {
  const { logitBias, sequenceBias, repetitionPenalty, frequencyPenalty, presencePenalty, noRepeatNGram, noRepeatPromptNGram, badWords } = options;
  const { minNewTokens, forceEnd = false, lengthDecay, suppressTokens } = options;
  // Several stages read them, which an iterator would not survive.
  const endTokens = [...(options.endTokens ?? [])];
  const { temperature, topH, topK, topP, minP, typicalP, epsilonCutoff, etaCutoff } = options;
  const stages: Stage[] = [];
  if (logitBias !== undefined) stages.push(logitBiasStage(logitBias));
  if (sequenceBias !== undefined) stages.push(sequenceBiasStage(sequenceBias));
  if (repetitionPenalty !== undefined) stages.push(repetitionPenaltyStage(repetitionPenalty));
  if (frequencyPenalty !== undefined) stages.push(frequencyPenaltyStage(frequencyPenalty));
  if (presencePenalty !== undefined) stages.push(presencePenaltyStage(presencePenalty));
  if (noRepeatNGram !== undefined) stages.push(noRepeatNGramStage(noRepeatNGram));
  if (noRepeatPromptNGram !== undefined) stages.push(noRepeatPromptNGramStage(noRepeatPromptNGram));
  if (badWords !== undefined) stages.push(badWordsStage(badWords, { exceptEnds: endTokens }));
  if (minNewTokens !== undefined) stages.push(minLengthStage(minNewTokens, endTokens));
  if (forceEnd) stages.push(forceEndStage(endTokens));
  if (lengthDecay !== undefined) stages.push(lengthDecayStage(lengthDecay, endTokens));
  if (suppressTokens !== undefined) stages.push(suppressTokensStage(suppressTokens));
  if (temperature !== undefined) stages.push(temperatureStage(temperature));
  if (topH !== undefined) stages.push(topHStage(topH));
  if (topK !== undefined) stages.push(topKStage(topK));
  if (topP !== undefined) stages.push(topPStage(topP));
  if (minP !== undefined) stages.push(minPStage(minP));
  if (typicalP !== undefined) stages.push(typicalStage(typicalP));
  if (epsilonCutoff !== undefined) stages.push(epsilonCutoffStage(epsilonCutoff));
  if (etaCutoff !== undefined) stages.push(etaCutoffStage(etaCutoff));
  return stages;
}
