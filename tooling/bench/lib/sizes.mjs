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

/** Side lengths of the square matrices that are multiplied. */
export const matrixSides = [256, 512, 1024];

/** GPT-2 124M, and the number of tokens read before the first generated one. */
export const decode = { vocabSize: 50257, contextLength: 1024, layers: 12, heads: 12, width: 768, promptLength: 64 };
