// A walk in the address: `+König,-Mann,+Frau`.
import type { WalkStep } from '../../lab/jobs/word-walk.js';

export function readWalk(text: string): WalkStep[] {
  return text.split(',').flatMap((part) => {
    const word = part.slice(1).trim();
    return word !== '' && (part.startsWith('+') || part.startsWith('-')) ? [{ sign: part.startsWith('+') ? 1 as const : -1 as const, word }] : [];
  });
}

export const writeWalk = (steps: readonly WalkStep[]): string => steps.map(({ sign, word }) => `${sign > 0 ? '+' : '-'}${word}`).join(',');
