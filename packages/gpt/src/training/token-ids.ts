// The ids of a text in memory: the text of a training run is the largest thing beside the model.

/** Two bytes each where the vocabulary has at most 65,536 entries (`Uint16Array`), otherwise four. */
export type TokenIds = Uint16Array | Int32Array;
