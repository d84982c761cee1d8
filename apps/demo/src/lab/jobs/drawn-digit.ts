// Chapter 10: a GPT draws a digit, or completes one whose upper half it is given. A step of this job is a pixel.
import { defineJob } from '../job.js';
import { sizeOf, type ModelSize } from '../model-size.js';
import { untilPassed } from '../pace.js';
import { drawPixels } from '../pixels/draw.js';
import { ANY_DIGIT, digitToken, GREYS, PLACES } from '../pixels/tokens.js';

export interface DrawnDigitInput {
  /** Undefined for any digit. */
  digit: number | undefined;
  /** The shades of the pixels that are given; the others are drawn. */
  given: Uint8Array;
  /** How closely it keeps to the digit: 1 is the plain model. */
  guidance: number;
  temperature: number;
  seed: number;
  /** The least time of a pixel in milliseconds, so that one can watch. */
  pace: number;
}

export interface DrawnDigit extends Omit<DrawnDigitInput, 'pace'>, ModelSize {
  /** From 0 to 3, those given and those drawn so far. */
  shades: Uint8Array;
  /** The probabilities of the four shades at each pixel; of those given all 0. Shape (pixels so far, 4). */
  probabilities: Float32Array;
}

export const MODEL = 'digits';

export default defineJob(async function* ({ pace, ...input }: DrawnDigitInput, tools): AsyncGenerator<DrawnDigit, DrawnDigit> {
  const { digit, given } = input;
  const model = await tools.model(MODEL);
  const decoders = [model.decoder(), model.decoder()] as const;
  const shades = new Uint8Array(PLACES);
  shades.set(given);
  const probabilities = new Float32Array(PLACES * GREYS);
  const size = sizeOf(model.gpt.config);
  const state = (drawn: number): DrawnDigit => ({ ...input, shades: shades.slice(0, drawn), probabilities: probabilities.slice(0, drawn * GREYS), ...size });
  try {
    let began = performance.now();
    for await (const pixel of drawPixels(decoders, { ...input, first: digit === undefined ? ANY_DIGIT : digitToken(digit) })) {
      await untilPassed(tools, began + pace);
      began = performance.now();
      shades[pixel.place] = pixel.shade;
      probabilities.set(pixel.probabilities, pixel.place * GREYS);
      yield state(pixel.place + 1);
    }
  } finally {
    for (const decoder of decoders) decoder.dispose();
  }
  return state(PLACES);
});
