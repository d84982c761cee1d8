// How each kind of text looks in every figure of this chapter: a colour that says who wrote it, and a shape, so that colour is not its only mark.
import { symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, symbolWye, type SymbolType } from 'd3-shape';
import type { Kind } from '../../lab/kinds/names.js';

export const looks: Record<Kind, { colour: string; shape: SymbolType }> = {
  real: { colour: 'var(--ink)', shape: symbolCircle },
  words: { colour: 'var(--soft)', shape: symbolSquare },
  letters: { colour: 'var(--soft)', shape: symbolTriangle },
  markovLetters: { colour: 'var(--markov)', shape: symbolDiamond },
  markovWords: { colour: 'var(--markov)', shape: symbolCross },
  gpt: { colour: 'var(--gpt)', shape: symbolStar },
  own: { colour: 'var(--you)', shape: symbolWye },
};
