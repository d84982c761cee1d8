// A row of attention as one path: a bar for each token, in a box that is as wide as there are tokens and 1 high.

/** So much of its place a bar fills. */
const FILLED = 0.84;

export function skyline(shares: ArrayLike<number>): string {
  return Array.from(shares, (share, place) => `M${place} 1V${(1 - share).toFixed(4)}h${FILLED}V1z`).join('');
}

/** Lines below the places of a word; tokens that follow each other have one line. */
export function marks(places: readonly number[]): string {
  return places.map((place) => `M${place} 0V1h${places.includes(place + 1) ? 1 : FILLED}V0z`).join('');
}
