// The cases of the sampler's benchmark: one per processor, with the equivalent processor of transformers.js if there is one. Its top-k runs
// inside an ONNX session and its top-p does nothing, so neither can be measured separately.
import { fileURLToPath } from 'node:url';

export const vocabSize = 131_072;
export const prompt = 100;
const written = 400;

/** Reproducible random numbers: Marsaglia's xorshift32. */
function uniform(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
}

/** Logits similar to a language model's: normal with a deviation of 2.5, with a few hundred tokens well above the rest. */
export function makeLogits(seed) {
  const next = uniform(seed);
  const logits = new Float32Array(vocabSize);
  for (let id = 0; id < vocabSize; id++) logits[id] = 2.5 * Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  for (let i = 0; i < 300; i++) logits[Math.floor(next() * vocabSize)] += 12 * next();
  return logits;
}

/** A text of 500 tokens, most of them frequent ones, like words. */
export function makeHistory() {
  const next = uniform(7);
  const ids = Array.from({ length: prompt + written }, () => Math.floor(vocabSize ** next()) - 1);
  return { ids, promptLength: prompt };
}

// The browser bundle also runs in Node and needs no native runtime. The package does not export it by name.
export const importTransformers = () => import(new URL('dist/transformers.min.js', `file://${fileURLToPath(new URL('../node_modules/@huggingface/transformers/', import.meta.url))}`).href);

const badWords = [[5], [17, 4], [3, 9, 2], [100, 200, 300, 400]];
const suppressed = Array.from({ length: 100 }, (_, i) => i * 1000);

/**
 * @param api  @kk/sampler
 * @param stages  @kk/sampler/stages
 * @param peers  transformers.js
 * @returns {{ name: string, ours: (logits: Float32Array, out: Float32Array) => unknown, stage: any, theirs?: (logits: any, ids: bigint[][]) => any }[]}
 */
export function processorCases(api, stages, peers, history) {
  const chance = new api.Random(1);
  const call = (processor) => (logits, ids) => processor(ids, logits);
  const xtc = { probability: 1, threshold: 0.1 };
  const dynamic = { low: 0.5, high: 1.5 };
  const bias = { 7: 2, 99: -3 };
  const dry = { multiplier: 0.8 };
  const without = makeLogits(99);
  return [
    { name: 'temperature', ours: (l, out) => api.temperature(l, 0.8, out), stage: stages.temperature(0.8), theirs: call(new peers.TemperatureLogitsWarper(0.8)) },
    { name: 'dynamic temperature', ours: (l, out) => api.dynamicTemperature(l, dynamic, out), stage: stages.dynamicTemperature(dynamic) },
    { name: 'top-k 40', ours: (l, out) => api.topK(l, 40, out), stage: stages.topK(40) },
    { name: 'top-p 0.95', ours: (l, out) => api.topP(l, 0.95, out), stage: stages.topP(0.95) },
    { name: 'min-p 0.05', ours: (l, out) => api.minP(l, 0.05, out), stage: stages.minP(0.05) },
    { name: 'typical 0.95', ours: (l, out) => api.typical(l, 0.95, out), stage: stages.typical(0.95) },
    { name: 'epsilon', ours: (l, out) => api.epsilonCutoff(l, 0.0005, out), stage: stages.epsilonCutoff(0.0005) },
    { name: 'eta', ours: (l, out) => api.etaCutoff(l, 0.002, out), stage: stages.etaCutoff(0.002) },
    { name: 'top-n-sigma 1', ours: (l, out) => api.topNSigma(l, 1, out), stage: stages.topNSigma(1) },
    { name: 'tail-free 0.95 (sorts)', ours: (l, out) => api.tailFree(l, 0.95, out), stage: stages.tailFree(0.95) },
    { name: 'p-less', ours: (l, out) => api.pLess(l, {}, out), stage: stages.pLess() },
    { name: 'XTC', ours: (l, out) => api.xtc(l, xtc, chance, out), stage: stages.xtc(xtc) },
    { name: 'mirostat 1', ours: (l, out) => api.mirostat1(l, 8, {}, out), stage: stages.mirostat1({ mu: 8 }) },
    { name: 'mirostat 2', ours: (l, out) => api.mirostat2(l, 8, out), stage: stages.mirostat2({ mu: 8 }) },
    { name: 'repetition penalty', ours: (l, out) => api.repetitionPenalty(l, history, 1.1, {}, out), stage: stages.repetitionPenalty(1.1), theirs: call(new peers.RepetitionPenaltyLogitsProcessor(1.1)) },
    { name: 'frequency penalty', ours: (l, out) => api.frequencyPenalty(l, history, 0.2, {}, out), stage: stages.frequencyPenalty(0.2) },
    { name: 'presence penalty', ours: (l, out) => api.presencePenalty(l, history, 0.2, {}, out), stage: stages.presencePenalty(0.2) },
    { name: 'DRY', ours: (l, out) => api.dry(l, history, dry, out), stage: stages.dry(dry) },
    { name: 'no repeated 3-grams', ours: (l, out) => api.noRepeatNGram(l, history, 3, out), stage: stages.noRepeatNGram(3), theirs: call(new peers.NoRepeatNGramLogitsProcessor(3)) },
    { name: 'bad words', ours: (l, out) => api.badWords(l, history, badWords, {}, out), stage: stages.badWords(badWords), theirs: call(new peers.NoBadWordsLogitsProcessor(badWords, 1)) },
    { name: 'logit bias', ours: (l, out) => api.logitBias(l, bias, out), stage: stages.logitBias(bias) },
    { name: 'allowed tokens', ours: (l, out) => api.allowTokens(l, suppressed, out), stage: stages.allowTokens(suppressed) },
    { name: 'suppressed tokens', ours: (l, out) => api.suppressTokens(l, suppressed, out), stage: stages.suppressTokens(suppressed), theirs: call(new peers.SuppressTokensLogitsProcessor(suppressed)) },
    { name: 'minimum length', ours: (l, out) => api.minLength(l, history, 450, [1], {}, out), stage: stages.minLength(450, [1]), theirs: call(new peers.MinNewTokensLengthLogitsProcessor(prompt, 450, 1)) },
    { name: 'forced tokens', ours: (l, out) => api.forceTokens(l, history, [1], out), stage: stages.forceTokens([1]) },
    { name: 'guidance', ours: (l, out) => api.classifierFreeGuidance(l, without, 1.5, out), stage: stages.classifierFreeGuidance(1.5, () => without) },
  ];
}
