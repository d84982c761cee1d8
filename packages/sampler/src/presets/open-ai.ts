// A sampler from the sampling parameters of the OpenAI API.
import { requireBetween, requireKnown } from '../checks.js';
import { Sampler } from '../sampler.js';
import { freshSeed } from '@kk/random';
import { vLLM } from './vllm.js';

/** Names and ranges as in the API's chat completion requests. Null means not given, as in JSON. */
export interface OpenAIOptions {
  /** From 0 to 2; 1. */
  temperature?: number | null;
  /** From 0 to 1; 1. */
  top_p?: number | null;
  /** From -2 to 2; 0. */
  presence_penalty?: number | null;
  /** From -2 to 2; 0. */
  frequency_penalty?: number | null;
  /** Token ids (as keys of a JSON object) and biases from -100 to 100. */
  logit_bias?: Readonly<Record<string, number>> | null;
  /** An integer from 0 to 2^53 - 1; default a new random seed. */
  seed?: number | null;
}

/**
 * A sampler for such a request: logit bias, frequency and presence penalty over the text written, temperature, top-p, in this order. OpenAI
 * documents the formulas of the penalties but not the order; this is the order of vLLM's server for the same requests.
 *
 * @throws RangeError if a parameter is out of the API's range
 */
export function fromOpenAI(options: OpenAIOptions): Sampler {
  requireKnown<OpenAIOptions>('fromOpenAI', options, { temperature: true, top_p: true, presence_penalty: true, frequency_penalty: true, logit_bias: true, seed: true });
  const temperature = options.temperature ?? 1;
  const presencePenalty = options.presence_penalty ?? 0;
  const frequencyPenalty = options.frequency_penalty ?? 0;
  const logitBias = options.logit_bias ?? {};
  requireBetween('temperature', temperature, 0, 2, '1 changes nothing');
  requireBetween('presence_penalty', presencePenalty, -2, 2, '0 changes nothing');
  requireBetween('frequency_penalty', frequencyPenalty, -2, 2, '0 changes nothing');
  for (const [id, bias] of Object.entries(logitBias)) requireBetween(`logit_bias of token ${id}`, bias, -100, 100, '0 changes nothing');
  return new Sampler(vLLM({ temperature, topP: options.top_p ?? 1, presencePenalty, frequencyPenalty, logitBias }), { seed: options.seed ?? freshSeed() });
}
