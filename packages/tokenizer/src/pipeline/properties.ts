// Decides whether offsets are needed and where streamed text may be cut.

import type { ListedToken } from '../core/added-tokens.js';
import type { Model } from '../models/model.js';
import { Metaspace } from '../pre-tokenizers/metaspace.js';
import { PreTokenizerSequence } from '../pre-tokenizers/sequence.js';
import type { PreTokenizerStep } from '../pre-tokenizers/step.js';
import type { SafeCuts } from './encoding-stream.js';
import type { PipelineParts } from './parts.js';
import { Piece } from '../text/piece.js';

/** Whether a step needs to know if a piece is at the start of the original after cutting. If so, even plain ids need the alignment. */
export function needsAlignment(step: PreTokenizerStep | undefined): boolean {
  return step instanceof PreTokenizerSequence && step.steps.slice(1).some((inner) => (inner instanceof Metaspace && inner.prependScheme === 'first') || needsAlignment(inner));
}

/** @param model  creates the model; called only when needed */
export function safeCutsOf({ normalizer, preTokenizer, model: data }: Pick<PipelineParts, 'normalizer' | 'preTokenizer' | 'model'>, added: readonly ListedToken[], model: () => Model): SafeCuts {
  const gaps = preTokenizer?.wordGaps ?? 'keeps';
  const modelKeeps = (): boolean => (data.type === 'BPE' || data.type === 'Unigram') && model().wordGaps.includes(gapOf({ normalizer, preTokenizer }));
  const isCut = gaps === 'cuts' && cutsWords({ normalizer, preTokenizer });
  const isSafe = (normalizer?.keepsWordGaps ?? true) && !added.some(({ normalized, singleWord }) => normalized && singleWord) && (isCut || (gaps === 'keeps' && modelKeeps()));
  return {
    at: isSafe ? 'words' : 'nowhere',
    avoid: added.map(({ content }) => content).filter((content) => /[\s\u2581]/.test(content)),
    notAfter: added.filter(({ stripRight }) => stripRight).map(({ content }) => content),
  };
}

/** Whether two words are cut where the first one ends. Steps that cut at spaces do not where a step before them has written the spaces otherwise. */
function cutsWords({ normalizer, preTokenizer }: Pick<PipelineParts, 'normalizer' | 'preTokenizer'>): boolean {
  const words = Piece.original('x x', 0, true);
  const [first, ...others] = (preTokenizer?.split(normalizer?.normalize(words) ?? words) ?? []).filter(({ text }) => text !== '');
  return others.length > 0 && first.rangeOf(0, first.text.length)[1] === 1;
}

/** The character that the model sees in place of the space between two words. */
function gapOf({ normalizer, preTokenizer }: Pick<PipelineParts, 'normalizer' | 'preTokenizer'>): string {
  const words = Piece.original('x x', 0, false);
  const normalized = normalizer?.normalize(words) ?? words;
  return preTokenizer?.split(normalized).at(-1)?.text.at(-2) ?? normalized.text.at(-2) ?? ' ';
}
