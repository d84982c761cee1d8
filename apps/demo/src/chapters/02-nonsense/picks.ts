// The pieces that the visitor chose, as a setting in the address: `picks=de-word_12.45_20.3` are the ids 45 and 3 at the places 12 and 20.
// Ids are those of one text and unit, so these stand before them: the same page in another language begins with another text.
import type { TextName } from '../../figures/use-text.js';
import type { OwnPiece } from '../../lab/jobs/nonsense.js';
import type { ChainUnit } from '../../lab/units.js';

/** What the ids belong to. */
export interface PicksOf {
  text: TextName;
  unit: ChainUnit;
}

const head = ({ text, unit }: PicksOf): string => `${text}-${unit}`;

/** @returns none where they belong to another text or unit */
export function readPicks(setting: string, of: PicksOf): OwnPiece[] {
  const [belongs, ...picks] = setting.split('_');
  if (belongs !== head(of)) return [];
  return picks
    .flatMap((pick) => {
      const numbers = /^(\d{1,6})\.(\d{1,7})$/.exec(pick);
      return numbers ? [{ at: Number(numbers[1]), id: Number(numbers[2]) }] : [];
    })
    .sort((a, b) => a.at - b.at);
}

export function writePicks(picks: readonly OwnPiece[], of: PicksOf): string {
  return [head(of), ...picks.map(({ at, id }) => `${at}.${id}`)].join('_');
}
