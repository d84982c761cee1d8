// Chapter 6: what a visitor can change in the attention of a model, and how `@kk/gpt/explain` is told.
import type { HeadAddress, Interventions } from '@kk/gpt/explain';

export const changeKinds = ['head', 'link', 'mask', 'order'] as const;

export type ChangeKind = (typeof changeKinds)[number];

export interface AttentionChange {
  kind: ChangeKind;
  /** The heads that are off, counted from 0. */
  heads: readonly HeadAddress[];
  /** The places that the last token may not look at. */
  keys: readonly number[];
}

/** What is there is changed, the rest is left out: a link of another sentence may name places that this one does not have. */
export function interventionsOf({ kind, heads, keys }: AttentionChange, sizes: { layers: number; heads: number; time: number }): Interventions {
  const query = sizes.time - 1;
  if (kind === 'mask') return { maskLifted: true };
  if (kind === 'order') return { positions: 'none' };
  if (kind === 'link') return { linksCut: keys.filter((key) => key < query).map((key) => ({ query, key })) };
  return { headsOff: heads.filter(({ layer, head }) => layer < sizes.layers && head < sizes.heads) };
}
