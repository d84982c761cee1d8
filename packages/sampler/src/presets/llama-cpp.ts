// The stages of llama.cpp, in its order.
import { describe } from '@kk/options';
import { type DryOptions, dryStage } from '../processors/dry.js';
import { dynamicTemperatureStage } from '../processors/dynamic-temperature.js';
import { frequencyPenaltyStage } from '../processors/frequency-penalty.js';
import { type LogitBias, logitBiasStage } from '../processors/logit-bias.js';
import { minPStage } from '../processors/min-p.js';
import { mirostat1Stage, mirostat2Stage } from '../processors/mirostat.js';
import { presencePenaltyStage } from '../processors/presence-penalty.js';
import { repetitionPenaltyStage } from '../processors/repetition-penalty.js';
import { temperatureStage } from '../processors/temperature.js';
import { topKStage } from '../processors/top-k.js';
import { topNSigmaStage } from '../processors/top-n-sigma.js';
import { topPStage } from '../processors/top-p.js';
import { typicalStage } from '../processors/typical.js';
import { xtcStage } from '../processors/xtc.js';
import { requireBetween, requireInteger, requireKnown } from '../checks.js';
import type { Stage } from '../stages/stage.js';

/** The settings of llama.cpp under our names, with llama.cpp's defaults. */
export interface LlamaCppOptions {
  logitBias?: LogitBias;
  /** The number of last tokens that the three penalties apply to, including the prompt: an integer from -1; 64. 0: off; -1: the whole text. */
  penaltyLastTokens?: number;
  /** 1: off. */
  repetitionPenalty?: number;
  /** 0: off. */
  frequencyPenalty?: number;
  /** 0: off. */
  presencePenalty?: number;
  /**
   * Default off, as with a multiplier of 0, a base below 1 or `lastTokens` 0; `lastTokens` -1: the whole text. llama.cpp's default breakers are
   * the strings "\n", ":", "\"" and "*": look up their ids.
   */
  dry?: DryOptions;
  /** -1: off, as are all numbers up to 0. */
  topNSigma?: number;
  /** An integer; 40. 0 and below: off. */
  topK?: number;
  /** 1 and above: off. */
  typicalP?: number;
  /** 0.95; 1 and above: off, 0 and below: only the most probable token. */
  topP?: number;
  /** 0.05; 0 and below: off, above 1: only the most probable token. */
  minP?: number;
  /** The probability that XTC is applied; 0 and below: off, 1 and above: at every token. */
  xtcProbability?: number;
  /** 0.1; above 0.5: off. */
  xtcThreshold?: number;
  /** 0.8; 0 and below: the most probable token. */
  temperature?: number;
  /** Dynamic temperature from temperature - range (at least 0) to temperature + range: 0 and below: off. */
  dynamicTemperatureRange?: number;
  /** 1. */
  dynamicTemperatureExponent?: number;
  /** 1 or 2: mirostat replaces all stages except logit bias and temperature; 0: off. */
  mirostat?: 0 | 1 | 2;
  /** 5. */
  mirostatTau?: number;
  /** 0.1. */
  mirostatEta?: number;
}

const llamaCppNames: Readonly<Record<keyof LlamaCppOptions, true>> = {
  logitBias: true, penaltyLastTokens: true, repetitionPenalty: true, frequencyPenalty: true, presencePenalty: true, dry: true, topNSigma: true, topK: true, typicalP: true, topP: true, minP: true,
  xtcProbability: true, xtcThreshold: true, temperature: true, dynamicTemperatureRange: true, dynamicTemperatureExponent: true, mirostat: true, mirostatTau: true, mirostatEta: true,
};

/**
 * Stages in llama.cpp's default order (source: `common/sampling.cpp`, the default `samplers` in `common/common.h` and
 * `src/llama-sampling.cpp`, 2025): logit bias, penalties, DRY, top-n-sigma, top-k, typical, top-p, min-p, XTC, temperature. Temperature
 * comes last, so that it does not change which tokens remain. With mirostat: logit bias, temperature, mirostat.
 *
 * Ties: top-k keeps exactly k; of equal tokens here those with the lower ids (llama.cpp's partial sort does not specify which).
 *
 * Every value that llama.cpp takes for "off" is taken, also those beyond the ranges of the single stages.
 *
 * @throws RangeError if an option is no number, or out of the range that llama.cpp has
 */
export function llamaCpp(options: LlamaCppOptions = {}): Stage[] {
  requireKnown('llamaCpp', options, llamaCppNames);
  const { logitBias, penaltyLastTokens = 64, repetitionPenalty = 1, frequencyPenalty = 0, presencePenalty = 0, dry, topNSigma = -1 } = options;
  const { topK = 40, typicalP = 1, topP = 0.95, minP = 0.05, xtcProbability = 0, xtcThreshold = 0.1, temperature = 0.8 } = options;
  const { dynamicTemperatureRange = 0, dynamicTemperatureExponent = 1, mirostat = 0, mirostatTau: tau, mirostatEta: eta } = options;
  if (mirostat !== 0 && mirostat !== 1 && mirostat !== 2) throw new RangeError(`mirostat must be 0, 1 or 2, got ${describe(mirostat)}; 0 is off`);
  requireInteger('topK', topK, -Infinity, '0 and below keep every token');
  requireInteger('penaltyLastTokens', penaltyLastTokens, -1, '0 is off, -1 is the whole text');
  requireBetween('dynamicTemperatureRange', dynamicTemperatureRange, -Infinity, Infinity, '0 is a fixed temperature');
  requireBetween('temperature', temperature, -Infinity, Infinity, '0 takes the most probable token');
  requireBetween('topNSigma', topNSigma, -Infinity, Infinity, '-1 is off');
  for (const [name, share] of Object.entries({ typicalP, topP, minP, xtcProbability, xtcThreshold })) requireBetween(name, share, -Infinity, Infinity, 'it is a share from 0 to 1');
  const stages: Stage[] = logitBias === undefined ? [] : [logitBiasStage(logitBias)];
  if (mirostat > 0) {
    stages.push(temperatureStage(Math.max(0, temperature)), mirostat === 1 ? mirostat1Stage({ tau, eta }) : mirostat2Stage({ tau, eta }));
    return stages;
  }
  const window = { lastTokens: wholeIfNegative(penaltyLastTokens), includePrompt: true };
  stages.push(repetitionPenaltyStage(repetitionPenalty, window), frequencyPenaltyStage(frequencyPenalty, window), presencePenaltyStage(presencePenalty, window));
  if (dry !== undefined && !(dry.base !== undefined && dry.base < 1)) stages.push(dryStage({ ...dry, lastTokens: wholeIfNegative(dry.lastTokens) }));
  if (topNSigma > 0) stages.push(topNSigmaStage(topNSigma));
  if (topK > 0) stages.push(topKStage(topK, { ties: 'lowestIds' }));
  stages.push(typicalStage(asShare(typicalP)), topPStage(asShare(topP)));
  stages.push(minP > 1 ? { ...topKStage(1, { ties: 'lowestIds' }), name: 'minP' } : minPStage(asShare(minP)));
  if (xtcProbability > 0 && xtcThreshold <= 0.5) stages.push(xtcStage({ probability: asShare(xtcProbability), threshold: asShare(xtcThreshold) }));
  if (dynamicTemperatureRange > 0) {
    const low = Math.max(0, temperature - dynamicTemperatureRange);
    const high = Math.max(0, temperature + dynamicTemperatureRange);
    stages.push(dynamicTemperatureStage({ low, high, exponent: dynamicTemperatureExponent }));
  } else stages.push(temperatureStage(Math.max(0, temperature)));
  return stages;
}

/** A number of last tokens; llama.cpp writes -1 for all of them. */
const wholeIfNegative = (lastTokens: number | undefined): number | undefined => (lastTokens === -1 ? undefined : lastTokens);

/** The nearest number from 0 to 1. */
const asShare = (value: number): number => Math.min(1, Math.max(0, value));
