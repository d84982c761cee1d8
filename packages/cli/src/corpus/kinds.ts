// What `kk corpus write` writes: stories to train on, examples for tuning, preferences by a hidden rule, and arithmetic.
import type { PreferenceRule, Style } from '@kk/corpora/instructions';

export const STYLES: readonly Style[] = ['recipe', 'pirate', 'rhyme', 'dialect'];
export const KINDS = ['stories', 'instructions', 'conversations', 'preferences', 'ratings', 'arithmetic', ...STYLES] as const;
export type Kind = (typeof KINDS)[number];

/** Whether examples of this kind are drawn, as many as are wanted. */
export const isDrawn = (kind: Kind): boolean => kind === 'instructions' || kind === 'conversations' || kind === 'arithmetic' || isPreferred(kind);
/** Whether a hidden rule decides which answers are good. */
export const isPreferred = (kind: Kind): boolean => kind === 'preferences' || kind === 'ratings';
export const isStyle = (kind: Kind): kind is Style => (STYLES as readonly string[]).includes(kind);

export const PARTS = ['training', 'test'] as const;
export type Part = (typeof PARTS)[number];

export const RULES: readonly PreferenceRule[] = ['colour', 'speech', 'name', 'joy', 'order'];
