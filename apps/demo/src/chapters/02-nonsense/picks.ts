// The pieces that the visitor chose, as a setting in the address: `picks=12.45_20.3` are the ids 45 and 3 at the places 12 and 20.
import type { OwnPiece } from '../../lab/jobs/nonsense.js';

export function readPicks(text: string): OwnPiece[] {
  const picks = text.split('_').flatMap((pick) => {
    const numbers = /^(\d{1,6})\.(\d{1,7})$/.exec(pick);
    return numbers ? [{ at: Number(numbers[1]), id: Number(numbers[2]) }] : [];
  });
  return picks.sort((a, b) => a.at - b.at);
}

export function writePicks(picks: readonly OwnPiece[]): string {
  return picks.map(({ at, id }) => `${at}.${id}`).join('_');
}
