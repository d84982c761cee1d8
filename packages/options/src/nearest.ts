// The name that was meant by a misspelt one: the one with the fewest letters to change (Levenshtein 1966).

/** Undefined where none is near: at most a third of the letters may differ, whatever their case and however words are joined (`top_k`, `topK`). */
export function nearest(misspelt: string, known: readonly string[]): string | undefined {
  const plain = lettersOf(misspelt);
  let best: string | undefined;
  let fewest = plain.length / 3;
  for (const name of known) {
    const changes = distance(plain, lettersOf(name));
    if (changes > fewest || (changes === fewest && best !== undefined)) continue;
    best = name;
    fewest = changes;
  }
  return best;
}

const lettersOf = (name: string): string => name.replace(/[-_]/g, '').toLowerCase();

/** How many letters have to be inserted, deleted or replaced to turn one text into the other. */
export function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) next.push(Math.min(row[j]! + (from[i] === to[j] ? 0 : 1), row[j + 1]! + 1, next[j]! + 1));
    row = next;
  }
  return row[to.length]!;
}
