// The marks of the kinds of words on the map. Words of the course are ink, as all real text; those of the visitor's sentences have the visitor's colour.
import { symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, symbolWye, type SymbolType } from 'd3-shape';
import type { ShownWord } from '../../lab/word-training.js';

/** `other`: a word that is only shown because it was asked about. */
export type WordKindName = ShownWord['kind'] | 'other';

const shapes: Record<WordKindName, SymbolType> = { animals: symbolCircle, food: symbolSquare, places: symbolTriangle, professions: symbolDiamond, royals: symbolStar, family: symbolCross, days: symbolWye, new: symbolCircle, other: symbolCircle };

/** A mark's outline around (0, 0). @param size  its area in square pixels */
export const markOf = (kind: WordKindName, size = 56): string => symbol(shapes[kind], size)()!;

export const kindOrder = ['animals', 'food', 'places', 'professions', 'family', 'royals', 'days', 'new', 'other'] as const satisfies readonly WordKindName[];
