// Splits a text into a part for training and a part for validation, which the model never trains on.

/**
 * The number of a text's characters (code points) for training. As in nanoGPT: the first floor(n * (1 - share)).
 * @param share  the share of characters for validation, from 0 to below 1
 */
export const trainingCharacters = (characters: number, share: number): number => Math.floor(characters * (1 - share));
