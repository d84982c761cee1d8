// The sizes of the measured work, the same for all libraries.

/**
 * GPT training steps. `small` is nanoGPT's published CPU run; `mid` has about fourteen times the operations; `tiny` only tests whether
 * everything runs.
 */
export const steps = {
  tiny: { vocabSize: 17, contextLength: 8, layers: 1, heads: 2, width: 16, batchSize: 2 },
  small: { vocabSize: 65, contextLength: 64, layers: 4, heads: 4, width: 128, batchSize: 12 },
  mid: { vocabSize: 512, contextLength: 128, layers: 6, heads: 6, width: 384, batchSize: 4 },
};

/** Steps of DPO and GRPO on the same models: `batchSize` pairs, and `prompts` prompts with `groupSize` answers each. */
export const preferences = {
  tiny: { ...steps.tiny, prompts: 2, groupSize: 2, promptLength: 3, answerLength: 4 },
  small: { ...steps.small, batchSize: 6, prompts: 8, groupSize: 8, promptLength: 16, answerLength: 32 },
  mid: { ...steps.mid, batchSize: 2, prompts: 2, groupSize: 8, promptLength: 32, answerLength: 48 },
};

/** Side lengths of the square matrices that are multiplied. */
export const matrixSides = [256, 512, 1024];

/** GPT-2 124M, and the number of tokens read before the first generated one. */
export const decode = { vocabSize: 50257, contextLength: 1024, layers: 12, heads: 12, width: 768, promptLength: 64 };

/** Decoding in batches: `small` is nanoGPT's CPU model, `124M` the shape of GPT-2; so many steps are measured in each of so many rounds. */
export const batches = {
  small: { vocabSize: 65, contextLength: 64, layers: 4, heads: 4, width: 128, promptLength: 16, capacity: 64, steps: 40, rounds: 7 },
  '124M': { vocabSize: 50257, contextLength: 1024, layers: 12, heads: 12, width: 768, promptLength: 16, capacity: 64, steps: 8, rounds: 3 },
};

/** How many texts are decoded at a time. */
export const streamCounts = [1, 4, 16];

/** Handwritten digits as they come, 28 x 28 pixels, and how many are convolved at a time. */
export const digits = { side: 28, batchSize: 64 };

/** Convolutions of small networks for digits, all with as many zeros around as keep the size. */
export const convolutions = {
  '3 x 3, 1 to 8': { kernel: 3, inputs: 1, outputs: 8 },
  '5 x 5, 1 to 8': { kernel: 5, inputs: 1, outputs: 8 },
  '3 x 3, 8 to 16': { kernel: 3, inputs: 8, outputs: 16 },
  '5 x 5, 8 to 16': { kernel: 5, inputs: 8, outputs: 16 },
};

/** Generation with drafts of these lengths: so many tokens in each round, from a model that has learned, as of a model that has not no draft would be kept. */
export const drafts = { tokens: 1500, temperature: 0.8, order: 4, lengths: [2, 3, 4] };
