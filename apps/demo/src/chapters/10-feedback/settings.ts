// The settings of this chapter's figures, as they stand in the address.
import { readStrokes, tidyStroke, writeStrokes } from '../../figures/sign-strokes.js';
import { PLACES } from '../../lab/pixels/tokens.js';
import { decimal, oneOf, whole, type Setting } from '../../storage/url-state.js';

/** A bow that comes down on its right, as 2, 3, 7, 8 and 9 may begin. */
export const exampleHalf = writeStrokes([tidyStroke(Array.from({ length: 14 }, (_, i) => {
  const angle = Math.PI * (1.15 + (0.85 * i) / 13);
  return { x: 32 + 9 * Math.cos(angle), y: 30 + 18 * Math.sin(angle) };
}))]);

const half: Setting<string> = { initial: exampleHalf, read: (text) => (readStrokes(text) ? text : undefined), write: (text) => text };

export const digitNames = ['any', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** The setting `pixel` while the newest pixel is looked at. */
export const NEWEST = 0;

export const drawSettings = {
  digit: oneOf(digitNames, '3'),
  begin: oneOf(['blank', 'half'], 'blank'),
  half,
  temperature: decimal(0, 2, 1),
  guidance: decimal(1, 3, 2),
  seed: whole(0, 2 ** 31 - 1, 1),
  /** The pixel whose probabilities are looked at, from 1. */
  pixel: whole(NEWEST, PLACES, NEWEST),
};
