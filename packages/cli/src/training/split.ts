// A text cut in two: the first part to train on, the rest to check on what the model has never seen.

/**
 * How many of a text's characters (code points) train. As nanoGPT does, the first floor(n * (1 - share)).
 * @param share  of the characters for validation, from 0 to below 1
 */
export const trainingCharacters = (characters: number, share: number): number => Math.floor(characters * (1 - share));
