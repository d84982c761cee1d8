// The type of token ids in memory. It is compact, because the training text is the largest object besides the model.

/** Two bytes per id (`Uint16Array`) if the vocabulary has at most 65,536 entries, otherwise four. */
export type TokenIds = Uint16Array | Int32Array;
