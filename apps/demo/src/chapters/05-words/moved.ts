// What a new training has moved: arrows from the old places to the new ones, and which words stand in sentences that were changed.
import type { WordMap } from '../../lab/jobs/word-map.js';
import { sentencesOf, type WordTexts } from '../../lab/word-texts.js';
import type { PlaneArrow, PlanePoint } from './figures/WordPlane.vue';

export const planePoints = ({ shown, points }: Pick<WordMap, 'shown' | 'points'>): PlanePoint[] => shown.map(({ word, kind }, i) => ({ word, kind, x: points[2 * i]!, y: points[2 * i + 1]! }));

/** The words of sentences that are in one of two texts only. */
export function changedWords(before: WordTexts, now: WordTexts): Set<string> {
  const [old, next] = [new Set(sentencesOf(before)), new Set(sentencesOf(now))];
  const changed = [...[...old].filter((sentence) => !next.has(sentence)), ...[...next].filter((sentence) => !old.has(sentence))];
  return new Set(changed.flatMap((sentence) => sentence.match(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu) ?? []));
}

/** Words of changed sentences have bold arrows; of the others those that moved by more than `least`. */
export function movedArrows(before: readonly PlanePoint[], now: readonly PlanePoint[], bold: ReadonlySet<string>, least: number): PlaneArrow[] {
  const old = new Map(before.map((point) => [point.word, point]));
  return now.flatMap((to): PlaneArrow[] => {
    const from = old.get(to.word);
    if (!from) return [];
    const far = Math.hypot(to.x - from.x, to.y - from.y);
    return bold.has(to.word) && to.kind === 'new' ? [{ from, to, kind: 'moved' }] : far > least ? [{ from, to, kind: bold.has(to.word) ? 'moved' : 'slight' }] : [];
  });
}
