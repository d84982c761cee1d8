// The visitor's own lines for chapter 9, questions with their answers, kept in the browser until they are deleted.
import { ref, shallowRef, type Ref } from 'vue';
import type { TuningLine } from '../lab/tuning/recipe.js';
import { isKept, readValue, removeValue, writeValue } from './kept-values.js';

export const MOST_LINES = 40;
/** Characters of a question, and of an answer. */
export const LONGEST_PART = 240;
const KEY = 'own-lines';
/** Waits this long after the last change before the lines are kept, in milliseconds. */
const KEEP_DELAY = 300;

/** The lines; none until `openOwnLines` has read them. */
export const ownLines: Ref<readonly TuningLine[]> = shallowRef([]);
/** Whether the browser keeps them beyond this page. */
export const ownLinesAreKept: Ref<boolean> = ref(true);

let opened: Promise<void> | null = null;
let changes = 0;
let keeping: ReturnType<typeof setTimeout> | undefined;
let tabs: BroadcastChannel | null = null;

/** Call it in `onMounted`. */
export function openOwnLines(): Promise<void> {
  return (opened ??= (async () => {
    tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel(KEY) : null;
    tabs?.addEventListener('message', () => void (keeping === undefined && takeKept()));
    addEventListener('pagehide', () => void (keeping !== undefined && keep()));
    await takeKept();
  })());
}

async function takeKept(): Promise<void> {
  const before = changes;
  const kept = (await readValue(KEY, wholeLinesOf)) ?? [];
  ownLinesAreKept.value = isKept;
  if (changes === before) ownLines.value = kept; // else what was typed meanwhile is newer
}

export function setOwnLines(lines: readonly TuningLine[]): void {
  changes++;
  ownLines.value = lines;
  clearTimeout(keeping);
  keeping = setTimeout(() => void keep(), KEEP_DELAY);
}

async function keep(): Promise<void> {
  clearTimeout(keeping);
  keeping = undefined;
  if (ownLines.value.length === 0) await removeValue(KEY);
  else ownLinesAreKept.value = await writeValue(KEY, ownLines.value.map(({ prompt, completion }) => ({ prompt, completion })));
  tabs?.postMessage('changed');
}

/** The lines as a file of which each line is one, which training programs read. */
export const fileOfLines = (lines: readonly TuningLine[]): string => lines.map(({ prompt, completion }) => `${JSON.stringify({ prompt, completion })}\n`).join('');

/** The lines of such a file. @returns undefined when it holds none, something else, too many, or too long ones */
export function linesOfFile(text: string): TuningLine[] | undefined {
  try {
    const lines = linesOf(text.split('\n').filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as unknown));
    return lines?.length === 0 ? undefined : lines;
  } catch {
    return undefined;
  }
}

/** @returns undefined when it is something else */
export function linesOf(value: unknown): TuningLine[] | undefined {
  if (!Array.isArray(value) || value.length > MOST_LINES) return undefined;
  const lines = wholeLinesOf(value);
  return lines.length === value.length ? lines : undefined;
}

/** The lines among what is kept, without those that are damaged. */
function wholeLinesOf(kept: unknown): TuningLine[] {
  const isPart = (part: unknown): part is string => typeof part === 'string' && part.length <= LONGEST_PART;
  const lines = Array.isArray(kept) ? (kept as (Partial<TuningLine> | null)[]) : [];
  return lines.flatMap((line) => (isPart(line?.prompt) && isPart(line.completion) ? [{ prompt: line.prompt, completion: line.completion }] : [])).slice(0, MOST_LINES);
}
