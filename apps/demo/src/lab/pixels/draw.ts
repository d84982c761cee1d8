// A GPT draws: after the token of a digit, and after pixels that are given, it draws one pixel after the other.
//
// So that it keeps to its digit, it is guided: what it would draw for any digit is taken away from what it would draw for this one
// (classifier-free guidance, Ho and Salimans 2022). For this it has also learned from drawings after the token of any digit.
import type { Decoder } from '@kk/gpt';
import { guided, huggingFace, Sampler, type NextTokenModel } from '@kk/sampler';
import { ANY_DIGIT, GREYS, PLACES, VOCABULARY } from './tokens.js';

/** Tokens that are no shade: they stand before a drawing and never in it. */
export const NO_SHADES: readonly number[] = Array.from({ length: VOCABULARY - GREYS }, (_, i) => GREYS + i);

export interface Drawing {
  /** The token of the digit, or of any digit. */
  first: number;
  /** The shades of the first pixels, which are not drawn but given. */
  given?: ArrayLike<number>;
  /** How closely it keeps to the digit: 1 is the plain model. */
  guidance: number;
  temperature: number;
  seed: number;
}

export interface DrawnPixel {
  /** From 0 to 195. */
  place: number;
  /** From 0 to 3. */
  shade: number;
  /** Of each shade, at this temperature. Shape (4,). */
  probabilities: Float32Array;
}

/** Two decoders of a model: one for the digit, and one for any digit, with which the first is compared. */
export type Decoders = readonly [Decoder, Decoder];

/** Yields every pixel that is not given, as soon as it is drawn. */
export async function* drawPixels(decoders: Decoders, { first, given = [], guidance, temperature, seed }: Drawing): AsyncGenerator<DrawnPixel, void, void> {
  const [plain, any] = decoders;
  const model: NextTokenModel = guidance === 1 || first === ANY_DIGIT ? plain : guided(plain, { scale: guidance, promptLength: 1, negativePrompt: [ANY_DIGIT] }, any);
  const ids = [first, ...Array.from(given)];
  const history = { ids, promptLength: ids.length };
  const sampler = new Sampler(huggingFace({ temperature, suppressTokens: NO_SHADES }), { seed });
  for (let place = ids.length - 1; place < PLACES; place++) {
    const logits = await model.next(ids);
    const probabilities = sampler.distribution(logits, history).slice(0, GREYS);
    const shade = sampler.sample(logits, history);
    sampler.accept(shade);
    ids.push(shade);
    yield { place, shade, probabilities };
  }
}

/** All shades of a drawing, those given and those drawn. */
export async function drawWhole(decoders: Decoders, drawing: Drawing): Promise<Uint8Array> {
  const shades = new Uint8Array(PLACES);
  shades.set(Array.from(drawing.given ?? []));
  for await (const { place, shade } of drawPixels(decoders, drawing)) shades[place] = shade;
  return shades;
}
