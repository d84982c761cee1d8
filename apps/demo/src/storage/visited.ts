// Which chapters the visitor has seen, for the way on the home page.
import { ref } from 'vue';
import { chapterNames, type ChapterName } from '../chapters/names.js';
import { readValue, writeValue, type Check } from './kept-values.js';

export const visited = ref<readonly ChapterName[]>([]);

/** The chapters in it; what is none is left out. */
const chaptersOf: Check<ChapterName[]> = (kept) => (Array.isArray(kept) ? chapterNames.filter((name) => kept.includes(name)) : undefined);

export async function openVisited(): Promise<void> {
  visited.value = (await readValue('visited', chaptersOf)) ?? [];
}

export async function markVisited(chapter: ChapterName): Promise<void> {
  await openVisited();
  if (!visited.value.includes(chapter)) await writeValue('visited', (visited.value = [...visited.value, chapter]));
}
