// A drawing as tokens: first which digit it shows, then its pixels row by row, each a shade of grey. So a GPT draws as it writes.

/** Pixels in a row and rows in a drawing. */
export const SIDE = 14;
/** Pixels in a drawing. */
export const PLACES = SIDE * SIDE;
/** Shades from paper, the token 0, to ink, the token 3. With two, thin lines are lost: the model's README has the figures. */
export const GREYS = 4;
/** Every token as a character: the shades, the digits, and any digit. With these a tokenizer turns drawings into text. */
export const SYMBOLS = '·░▒█0123456789?';

/** The token that stands before the drawing of a digit. */
export const digitToken = (digit: number): number => GREYS + digit;
/** The token that stands before a drawing of any digit. */
export const ANY_DIGIT = GREYS + 10;
export const VOCABULARY = GREYS + 11;

/** Places that the model reads: the first token and all pixels but the last, after which nothing comes. */
export const CONTEXT = PLACES;
