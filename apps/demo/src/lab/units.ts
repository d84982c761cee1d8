// The units that a chain counts, and how far back it may look. Pages may import this; the chains themselves live in the worker.

export type ChainUnit = 'character' | 'word';

/** The longest memory of a chain, in units. */
export const longestMemory: Readonly<Record<ChainUnit, number>> = { character: 8, word: 4 };
