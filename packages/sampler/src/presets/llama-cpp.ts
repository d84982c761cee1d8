// The stages of llama.cpp, in its order.
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
import { requireBetween, requireInteger } from '../checks.js';
import { type Stage } from '../stages/stage.js';

/** The settings of llama.cpp under our names, with llama.cpp's defaults. */
export interface LlamaCppOptions {
  logitBias?: LogitBias;
  /** The number of last tokens that the three penalties apply to, including the prompt: an integer from 0; 64. */
  penaltyLastTokens?: number;
  /** 1: off. */
  repetitionPenalty?: number;
  /** 0: off. */
  frequencyPenalty?: number;
  /** 0: off. */
  presencePenalty?: number;
  /** Default off. llama.cpp's default breakers are the strings "\n", ":", "\"" and "*": look up their ids. */
  dry?: DryOptions;
  /** Default off. */
  topNSigma?: number;
  /** An integer from 0; 40. 0: off. */
  topK?: number;
  /** 1: off. */
  typicalP?: number;
  /** 0.95. */
  topP?: number;
  /** 0.05. */
  minP?: number;
  /** The probability that XTC is applied: from 0 to 1; 0: off. */
  xtcProbability?: number;
  /** 0.1. */
  xtcThreshold?: number;
  /** 0.8; 0 takes the most probable token. */
  temperature?: number;
  /** Dynamic temperature from temperature - range (at least 0) to temperature + range: a finite number from 0; 0: off. */
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

/**
 * Stages in llama.cpp's default order (source: `common/sampling.cpp`, the default `samplers` in `common/common.h` and
 * `src/llama-sampling.cpp`, 2025): logit bias, penalties, DRY, top-n-sigma, top-k, typical, top-p, min-p, XTC, temperature. Temperature
 * comes last, so that it does not change which tokens remain. With mirostat: logit bias, temperature, mirostat.
 *
 * Ties: top-k keeps exactly k; of equal tokens here those with the lower ids (llama.cpp's partial sort does not specify which).
 *
 * @throws RangeError if an option is out of range
 */
export function llamaCpp(options: LlamaCppOptions = {}): Stage[] {
  const { logitBias, penaltyLastTokens = 64, repetitionPenalty = 1, frequencyPenalty = 0, presencePenalty = 0, dry, topNSigma } = options;
  const { topK = 40, typicalP = 1, topP = 0.95, minP = 0.05, xtcProbability = 0, xtcThreshold = 0.1, temperature = 0.8 } = options;
  const { dynamicTemperatureRange = 0, dynamicTemperatureExponent = 1, mirostat = 0, mirostatTau: tau, mirostatEta: eta } = options;
  if (mirostat !== 0 && mirostat !== 1 && mirostat !== 2) throw new RangeError(`mirostat must be 0, 1 or 2, got ${String(mirostat)}; 0 is off`);
  requireInteger('topK', topK, 0, '0 keeps every token');
  requireBetween('dynamicTemperatureRange', dynamicTemperatureRange, 0, Infinity, '0 is a fixed temperature');
  const stages: Stage[] = logitBias === undefined ? [] : [logitBiasStage(logitBias)];
  if (mirostat > 0) {
    stages.push(temperatureStage(temperature), mirostat === 1 ? mirostat1Stage({ tau, eta }) : mirostat2Stage({ tau, eta }));
    return stages;
  }
  const window = { lastTokens: penaltyLastTokens, includePrompt: true };
  stages.push(repetitionPenaltyStage(repetitionPenalty, window), frequencyPenaltyStage(frequencyPenalty, window), presencePenaltyStage(presencePenalty, window));
  if (dry !== undefined) stages.push(dryStage(dry));
  if (topNSigma !== undefined) stages.push(topNSigmaStage(topNSigma));
  if (topK > 0) stages.push(topKStage(topK, { ties: 'lowestIds' }));
  stages.push(typicalStage(typicalP), topPStage(topP), minPStage(minP));
  if (xtcProbability !== 0) stages.push(xtcStage({ probability: xtcProbability, threshold: xtcThreshold }));
  if (dynamicTemperatureRange > 0) {
    const low = Math.max(0, temperature - dynamicTemperatureRange);
    stages.push(dynamicTemperatureStage({ low, high: temperature + dynamicTemperatureRange, exponent: dynamicTemperatureExponent }));
  } else stages.push(temperatureStage(temperature));
  return stages;
}
