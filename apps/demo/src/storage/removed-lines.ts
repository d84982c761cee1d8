// What was taken from the visitor's own lines on this visit, the newest last: deleted lines, and all that a file took the place of. It comes back
// one after the other, and nothing that was written since then is lost by it.
import { computed, shallowRef } from 'vue';
import type { TuningLine } from '../lab/tuning/recipe.js';
import { MOST_LINES, ownLines, setOwnLines } from './own-lines.js';

interface Removed {
  lines: readonly TuningLine[];
  /** Where each line stood. */
  places: readonly number[];
  /** The lines of the file that took their place; none if they were deleted. */
  file: readonly TuningLine[];
}

const removed = shallowRef<readonly Removed[]>([]);
const hasWords = ({ prompt, completion }: TuningLine): boolean => prompt !== '' || completion !== '';

/** An empty line is nothing that could come back. */
function remember({ lines, places, file }: Removed): void {
  const kept = places.filter((_, i) => hasWords(lines[i]!));
  if (kept.length > 0) removed.value = [...removed.value, { lines: lines.filter(hasWords), places: kept, file }];
}

/** @param places  of the lines that go, in their order */
export function removeOwnLines(places: readonly number[]): void {
  remember({ lines: places.map((place) => ownLines.value[place]!), places, file: [] });
  setOwnLines(ownLines.value.filter((_, i) => !places.includes(i)));
}

/** The lines of a file take the place of all that there are. */
export function replaceOwnLines(file: readonly TuningLine[]): void {
  remember({ lines: ownLines.value, places: [...ownLines.value.keys()], file });
  setOwnLines(file);
}

/** The lines as they would be with what was removed last; those of a file go again, if they were not changed. */
const withLast = computed((): readonly TuningLine[] | undefined => {
  const last = removed.value.at(-1);
  if (!last) return undefined;
  const all = ownLines.value.filter((line) => !last.file.some(({ prompt, completion }) => prompt === line.prompt && completion === line.completion));
  for (const [i, line] of last.lines.entries()) all.splice(last.places[i]!, 0, line);
  return all;
});

/** Whether something was removed that there is room for. */
export const canBringBack = computed(() => withLast.value !== undefined && withLast.value.length <= MOST_LINES);

export function bringBackOwnLines(): void {
  if (!canBringBack.value) return;
  const lines = withLast.value!;
  removed.value = removed.value.slice(0, -1);
  setOwnLines(lines);
}
