// What `kk corpus write` writes: stories to train on, and examples for tuning.
import { type Style } from '@kk/corpora/instructions';

export const STYLES: readonly Style[] = ['recipe', 'pirate', 'rhyme', 'dialect'];
export const KINDS = ['stories', 'instructions', 'conversations', ...STYLES] as const;
export type Kind = (typeof KINDS)[number];

/** Whether examples of this kind are drawn, as many as are wanted. */
export const isDrawn = (kind: Kind): boolean => kind === 'instructions' || kind === 'conversations';
export const isStyle = (kind: Kind): kind is Style => (STYLES as readonly string[]).includes(kind);

export const PARTS = ['training', 'test'] as const;
export type Part = (typeof PARTS)[number];
