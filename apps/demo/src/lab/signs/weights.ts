// A trained network as plain numbers: jobs keep it, and figures look into it.

export interface Weights {
  /** How many hidden neurons there are. */
  hidden: number;
  /** How many signs it tells apart. */
  signs: number;
  /** Shape (784, hidden): the picture of neuron h is `hiddenWeight[pixel * hidden + h]`. */
  hiddenWeight: Float32Array;
  /** Shape (hidden,). */
  hiddenBias: Float32Array;
  /** Shape (hidden, signs). */
  outputWeight: Float32Array;
  /** Shape (signs,). */
  outputBias: Float32Array;
}

/** The weights of one hidden neuron as a picture of 28 x 28. */
export function pictureOf({ hidden, hiddenWeight }: Weights, neuron: number): Float32Array {
  return Float32Array.from({ length: hiddenWeight.length / hidden }, (_, pixel) => hiddenWeight[pixel * hidden + neuron]);
}

/** How many numbers the network has. */
export const countOf = ({ hiddenWeight, hiddenBias, outputWeight, outputBias }: Weights): number => hiddenWeight.length + hiddenBias.length + outputWeight.length + outputBias.length;
