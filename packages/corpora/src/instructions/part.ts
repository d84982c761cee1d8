// Decides which texts belong to the training part and which to the test part, by the text alone: the parts are disjoint for all seeds.

import type { InstructionPart } from './types.js';

/** One text in ten belongs to the test part. */
const testShare = 10;

/** 32-bit FNV-1a over UTF-16 code units (Fowler, Noll, Vo). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The part that a story or a sentence belongs to. */
export function partOf(text: string): InstructionPart {
  // The upper bits of FNV-1a are mixed better than the lower ones.
  return (fnv1a(text) >>> 8) % testShare === 0 ? 'test' : 'training';
}
