// The visitor's signs as a file, and back.
import { centreDrawing } from '@kk/corpora/digits';
import { INK, inkOf, readStrokes } from '../figures/sign-strokes.js';
import { signsOf, type OwnSigns } from './own-signs.js';

/** A drawing as a network gets it; undefined if nothing is drawn. Shape (784). */
export const prepareDrawing = (drawing: string): Float32Array | undefined => centreDrawing({ pixels: inkOf(readStrokes(drawing) ?? []), width: INK, height: INK });

/**
 * The text of the file. For other programs, and not read again: `shownName`, which the nameless have as well, and `pixels`, from 0 to 255.
 * @param shownNames  what the page calls each sign
 */
export function fileOfSigns(signs: OwnSigns, shownNames: readonly string[]): string {
  const written = signs.map(({ name, drawings }, i) => ({ name, shownName: shownNames[i], drawings, pixels: drawings.map((drawing) => Array.from(prepareDrawing(drawing)!, (ink) => Math.round(255 * ink))) }));
  return `${JSON.stringify({ kind: 'own signs', version: 1, signs: written })}\n`;
}

/** @returns undefined when it is no such file, or nothing is drawn in it */
export function signsOfFile(text: string): OwnSigns | undefined {
  try {
    const signs = signsOf((JSON.parse(text) as { signs?: unknown }).signs);
    return signs?.some(({ drawings }) => drawings.length > 0) ? signs : undefined;
  } catch {
    return undefined;
  }
}
