// The table of all processors: what others import, the rows of the README, the sampling options, and the order in which these apply. A new
// processor needs its own file, one row in each part that concerns it, and a test (CONTRIBUTING.md says how); `pnpm --filter @kk/sampler run table` then writes
// stages/index.ts and the README's tables, and test/processor-table.test.ts names what is missing.
import type { Stage } from '../stages/stage.js';
import { badWordsStage } from './bad-words.js';
import { epsilonCutoffStage } from './epsilon-cutoff.js';
import { etaCutoffStage } from './eta-cutoff.js';
import { forceEndStage } from './force-end.js';
import { frequencyPenaltyStage } from './frequency-penalty.js';
import { lengthDecayStage, type LengthDecayOptions } from './length-decay.js';
import { logitBiasStage, type LogitBias } from './logit-bias.js';
import { minLengthStage } from './min-length.js';
import { minPStage } from './min-p.js';
import { noRepeatNGramStage } from './no-repeat-n-gram.js';
import { noRepeatPromptNGramStage } from './no-repeat-prompt-n-gram.js';
import { presencePenaltyStage } from './presence-penalty.js';
import { repetitionPenaltyStage } from './repetition-penalty.js';
import { sequenceBiasStage, type SequenceBias } from './sequence-bias.js';
import { suppressTokensStage } from './suppress-tokens.js';
import { temperatureStage } from './temperature.js';
import { topHStage } from './top-h.js';
import { topKStage } from './top-k.js';
import { topPStage } from './top-p.js';
import { typicalStage } from './typical.js';

// Every processor: its row of the README (name | call | what it does), then what the package exports of it. Its stage is the function of the
// same name with "Stage" at its end, which @kk/sampler/stages exports without that.

// temperature | `temperature(logits, t)` | divides by `t`; 0 keeps only the most probable token
export { temperature } from './temperature.js';
// dynamic temperature | `dynamicTemperature(logits, { low, high, exponent })` | divides by a temperature that follows the entropy
export { dynamicTemperature, type DynamicTemperatureOptions } from './dynamic-temperature.js';
// top-h | `topH(logits, h)` | keeps the most probable tokens up to a share `h` of the entropy
export { topH, type TopHOptions } from './top-h.js';
// top-k | `topK(logits, k)` | keeps the `k` largest and all ties of the k-th; the stage can also keep exactly `k`
export { topK, type TopKOptions } from './top-k.js';
// top-p | `topP(logits, p)` | keeps the smallest set of most probable tokens whose probabilities reach `p`, at least one
export { topP } from './top-p.js';
// min-p | `minP(logits, p)` | keeps what is at least `p` times as probable as the best
export { minP } from './min-p.js';
// typical | `typical(logits, mass)` | keeps tokens whose surprise is nearest to the entropy
export { typical } from './typical.js';
// epsilon | `epsilonCutoff(logits, e)` | drops tokens below a fixed probability
export { epsilonCutoff } from './epsilon-cutoff.js';
// eta | `etaCutoff(logits, e)` | drops tokens below a probability that falls with rising entropy
export { etaCutoff } from './eta-cutoff.js';
// top-n-sigma | `topNSigma(logits, n)` | keeps what is within `n` standard deviations of the best logit
export { topNSigma } from './top-n-sigma.js';
// tail-free | `tailFree(logits, z)` | cuts where the sorted probabilities become flat
export { tailFree } from './tail-free.js';
// p-less | `pLess(logits, { normalized })` | keeps what is at least as probable as the sum of all p²
export { pLess, type PLessOptions } from './p-less.js';
// XTC | `xtc(logits, { probability, threshold }, random)` | sometimes drops all top choices except the least probable one
export { xtc, type XtcOptions } from './xtc.js';
// mirostat 1 and 2 | `mirostat1(logits, mu)`, `mirostat2(logits, mu)` | keeps the surprise of the text near `tau` bits; the stages adjust `mu` themselves
export { mirostat1, mirostat2, type MirostatOptions, type Mirostat1Options, type MirostatStage } from './mirostat.js';
// repetition penalty | `repetitionPenalty(logits, history, penalty, window)` | divides positive and multiplies negative logits of tokens in the text
export { repetitionPenalty } from './repetition-penalty.js';
// frequency penalty | `frequencyPenalty(logits, history, penalty, window)` | subtracts the penalty once per occurrence
export { frequencyPenalty } from './frequency-penalty.js';
// presence penalty | `presencePenalty(logits, history, penalty, window)` | subtracts it once
export { presencePenalty } from './presence-penalty.js';
// DRY | `dry(logits, history, { multiplier, base, allowedLength, lastTokens, breakers })` | penalises tokens that would continue a repetition, the more the longer it is
export { dry, type DryOptions } from './dry.js';
// no repeated n-grams | `noRepeatNGram(logits, history, n)` | no `n` tokens come twice in the same order
export { noRepeatNGram } from './no-repeat-n-gram.js';
// no n-grams of the prompt | `noRepeatPromptNGram(logits, history, n, { source })` | no `n` tokens of the prompt, or of another text, come in the same order
export { noRepeatPromptNGram, type NoRepeatPromptNGramOptions } from './no-repeat-prompt-n-gram.js';
// bad words | `badWords(logits, history, sequences)` | never completes one of these sequences of ids
export { badWords, type BadWordsOptions } from './bad-words.js';
// logit bias | `logitBias(logits, bias)` | adds to chosen logits
export { logitBias, type LogitBias } from './logit-bias.js';
// sequence bias | `sequenceBias(logits, history, [[ids, bias], ...])` | adds to tokens that would complete a sequence
export { sequenceBias, type SequenceBias } from './sequence-bias.js';
// allowed tokens | `allowTokens(logits, ids)` | only these
export { allowTokens } from './allow-tokens.js';
// suppressed tokens | `suppressTokens(logits, ids)` | all but these
export { suppressTokens } from './suppress-tokens.js';
// minimum length | `minLength(logits, history, length, endTokens)` | forbids the end before this many tokens, wherever it was named
export { minLength, type MinLengthOptions } from './min-length.js';
// length decay | `lengthDecay(logits, history, { start, factor }, endTokens)` | the end becomes more probable with every token after the first `start` ones
export { lengthDecay, type LengthDecayOptions } from './length-decay.js';
// forced end | `forceEnd(logits, history, endTokens, maxTokens)` | the last token that there is room for ends the text
export { forceEnd } from './force-end.js';
// forced tokens | `forceTokens(logits, history, ids)` | the text begins with these
export { forceTokens } from './force-tokens.js';
// classifier-free guidance | `classifierFreeGuidance(conditional, unconditional, scale)` | strengthens the effect of the prompt
export { classifierFreeGuidance } from './classifier-free-guidance.js';
export type { MinTokensOptions } from './min-tokens.js';
export type { PenaltyWindow } from './penalty-window.js';

/**
 * How a token is chosen from logits. The stages of these options apply in the order of `samplingStages`, which is that of Hugging Face
 * transformers; see huggingFace(). For any other order build a Sampler.
 */
export interface SamplingOptions {
  /** Divides the logits: below 1 sharpens the distribution, above 1 flattens it, 0 always takes the most probable token. From 0; default 1. */
  temperature?: number;
  /** Keeps only the most probable tokens up to this share of the entropy, of at most 100. From 0 to 1; default all. */
  topH?: number;
  /** Keeps only the k most probable tokens (and ties of the k-th). An integer from 1; default all. */
  topK?: number;
  /** Keeps only the most probable tokens whose probabilities reach this sum. From 0 to 1; default all. */
  topP?: number;
  /** Keeps only tokens at least this many times as probable as the best. From 0 to 1; default all. */
  minP?: number;
  /** Keeps only the most typical tokens whose probabilities reach this sum. From 0 to 1; default all. */
  typicalP?: number;
  /** Keeps only tokens at least this probable. From 0 to 1; default all. */
  epsilonCutoff?: number;
  /** Like epsilonCutoff, with a bound that falls as the entropy rises. From 0 to 1; default all. */
  etaCutoff?: number;
  /** Makes tokens of the text (including the prompt) less probable by this factor of the logit. Above 0; 1 changes nothing. */
  repetitionPenalty?: number;
  /** Subtracted from the logit for each time the token was written. A finite number; 0 changes nothing. */
  frequencyPenalty?: number;
  /** Subtracted from the logit if the token was written. A finite number; 0 changes nothing. */
  presencePenalty?: number;
  /** No sequence of this many tokens occurs twice. An integer from 1. */
  noRepeatNGram?: number;
  /** No sequence of this many tokens of the prompt occurs in the text. An integer from 1. */
  noRepeatPromptNGram?: number;
  /** Sequences of ids that are never completed, except those of just one token that ends the text. */
  badWords?: Iterable<ArrayLike<number>>;
  /** Ids that are never taken. */
  suppressTokens?: Iterable<number>;
  /** Added to the logits of some tokens. */
  logitBias?: LogitBias;
  /** Added to the logits of tokens that would complete some sequences. */
  sequenceBias?: SequenceBias;
  /** Nothing that ends the text before this many tokens are written, wherever it was named. An integer from 0. */
  minNewTokens?: number;
  /** The tokens that end a text. The ways to write a text end with them, as with their `stopTokens`: it makes no difference where one is named. */
  endTokens?: Iterable<number>;
  /** Makes the end more probable with every token after the first `start` ones. */
  lengthDecay?: LengthDecayOptions;
  /** Whether the last token that `maxTokens` allows must end the text. Needs to know both: see `endTokens`, and History for sampleToken(). */
  forceEnd?: boolean;
}

/**
 * The stage of every sampling option, in the order in which they apply; undefined for an option that changes nothing. Bad words leave the end
 * of the text, as in transformers.
 *
 * @throws RangeError if the option's value is out of range
 */
export const samplingStages: { readonly [Name in Exclude<keyof SamplingOptions, 'endTokens'>]-?: (value: NonNullable<SamplingOptions[Name]>, endTokens: readonly number[]) => Stage | undefined } = {
  logitBias: (bias) => logitBiasStage(bias),
  sequenceBias: (bias) => sequenceBiasStage(bias),
  repetitionPenalty: (penalty) => repetitionPenaltyStage(penalty),
  frequencyPenalty: (penalty) => frequencyPenaltyStage(penalty),
  presencePenalty: (penalty) => presencePenaltyStage(penalty),
  noRepeatNGram: (n) => noRepeatNGramStage(n),
  noRepeatPromptNGram: (n) => noRepeatPromptNGramStage(n),
  badWords: (sequences, endTokens) => badWordsStage(sequences, { exceptEnds: endTokens }),
  minNewTokens: (length, endTokens) => minLengthStage(length, endTokens),
  forceEnd: (forced, endTokens) => (forced ? forceEndStage(endTokens) : undefined),
  lengthDecay: (decay, endTokens) => lengthDecayStage(decay, endTokens),
  suppressTokens: (ids) => suppressTokensStage(ids),
  temperature: (t) => temperatureStage(t),
  topH: (h) => topHStage(h),
  topK: (k) => topKStage(k),
  topP: (p) => topPStage(p),
  minP: (p) => minPStage(p),
  typicalP: (mass) => typicalStage(mass),
  epsilonCutoff: (epsilon) => epsilonCutoffStage(epsilon),
  etaCutoff: (epsilon) => etaCutoffStage(epsilon),
};
