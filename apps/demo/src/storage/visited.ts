// Which chapters the visitor has seen, for the way on the home page.
import { ref } from 'vue';
import type { ChapterName } from '../chapters/names.js';
import { readValue, writeValue } from './kept-values.js';

export const visited = ref<readonly ChapterName[]>([]);

export async function openVisited(): Promise<void> {
  visited.value = (await readValue<ChapterName[]>('visited')) ?? [];
}

export async function markVisited(chapter: ChapterName): Promise<void> {
  await openVisited();
  if (!visited.value.includes(chapter)) await writeValue('visited', (visited.value = [...visited.value, chapter]));
}
