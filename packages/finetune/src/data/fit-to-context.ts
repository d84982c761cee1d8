// Makes an example fit into a row: what is predicted from what, and what is cut off when it is too long.
import type { RowPiece } from '@kk/gpt/data';
import type { LabelledTokens } from './examples.js';

export type Truncation = 'drop' | 'left' | 'right';

const TRUNCATIONS: readonly Truncation[] = ['drop', 'left', 'right'];

/** @throws RangeError when it is none of them */
export function checkTruncation(owner: string, truncation: Truncation): void {
  if (!TRUNCATIONS.includes(truncation)) throw new RangeError(`${owner}: truncation is ${String(truncation)}; expected 'drop', 'left' or 'right'.`);
}

export interface Fitted {
  /** At most `contextLength` places; undefined if the example is left out. */
  readonly piece?: RowPiece & { readonly inputs: Int32Array; readonly targets: Int32Array };
  /** Whether tokens before the last target are gone. */
  readonly isTruncated: boolean;
  /** How many targets are gone. */
  readonly lostTargets: number;
}

/** @param example with at least one target */
export function fitToContext(example: LabelledTokens, contextLength: number, truncation: Truncation): Fitted {
  const all = pieceOf(example, 0, example.learned.lastIndexOf(1));
  const places = all.inputs.length;
  if (places <= contextLength) return { piece: all, isTruncated: false, lostTargets: 0 };
  const targets = countTargets(all.targets);
  const kept = truncation === 'drop' ? undefined : truncation === 'left' ? pieceOf(example, places - contextLength, places) : pieceOf(example, 0, example.learned.lastIndexOf(1, contextLength));
  const keptTargets = kept ? countTargets(kept.targets) : 0;
  return { ...(keptTargets > 0 && { piece: kept }), isTruncated: true, lostTargets: targets - keptTargets };
}

/** The tokens from `start` on that predict those up to `last`. */
function pieceOf({ ids, learned }: LabelledTokens, start: number, last: number): { inputs: Int32Array; targets: Int32Array } {
  const inputs = ids.slice(start, Math.max(start, last));
  return { inputs, targets: inputs.map((_, i) => (learned[start + i + 1] ? ids[start + i + 1]! : -1)) };
}

export function countTargets(targets: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < targets.length; i++) if (targets[i]! >= 0) count++;
  return count;
}
