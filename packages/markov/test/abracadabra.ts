// The example that the hand-computed tables are about.

/** a, b, r, c, d in the order of first appearance. */
export const letters = 'abrcd';
export const ids = Array.from('abracadabra', (letter) => letters.indexOf(letter));
export const [a, b, r, c, d] = [0, 1, 2, 3, 4];
