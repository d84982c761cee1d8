// Sizes that jobs compute with and figures speak of.

/** Pixels of a drawing: 28 x 28. */
export const PIXELS = 784;
/** Hidden neurons of the network that reads digits. */
export const HIDDEN = 128;
/** Its weights and biases. */
export const NETWORK_SIZE = PIXELS * HIDDEN + HIDDEN + HIDDEN * 10 + 10;
/** Steps of its training. */
export const STEPS = 1000;
/** Drawings of a step. */
export const BATCH = 64;

/** The single neuron's steps, the drawings of each, and its learning rate. */
export const NEURON_STEPS = 150;
export const NEURON_BATCH = 40;
export const NEURON_RATE = 0.1;

/** The weight whose gradient is shown goes from minus to plus this. */
export const WEIGHT_RANGE = 6;

/** The network of the visitor's own signs. */
export const OWN_HIDDEN = 32;
export const OWN_RATE = 0.2;
export const OWN_STEPS = 200;

/** The deviation of the first weights of hidden neurons: so small that what they learn stands out in their pictures. */
export const START = 0.01;
