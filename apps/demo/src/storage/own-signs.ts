// The visitor's own signs for chapter 4: three signs with a name and drawings each, kept in the browser until they are deleted. Each change
// is made to what is kept at that moment, so that two tabs add to the same signs; what was deleted can be brought back until the page is left.
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import { readStrokes } from '../figures/sign-strokes.js';
import { changeValue, isKept, readValue } from './kept-values.js';

export interface OwnSign {
  name: string;
  /** Drawings as text; see sign-strokes.ts. */
  drawings: readonly string[];
}
export type OwnSigns = readonly OwnSign[];

export const SIGNS = 3;
/** So many drawings of a sign can be added. */
export const MOST_DRAWINGS = 20;
/** So many are read; what is brought back comes on top of what was added since. */
const MOST_READ = 100;
export const LONGEST_NAME = 16;
const KEY = 'own-signs';

export const noSigns: OwnSigns = Array.from({ length: SIGNS }, () => ({ name: '', drawings: [] }));

/** The signs; without drawings until `openOwnSigns` has read them. */
export const ownSigns: Ref<OwnSigns> = shallowRef(noSigns);
export const ownDrawings: ComputedRef<number> = computed(() => ownSigns.value.reduce((sum, { drawings }) => sum + drawings.length, 0));
/** Whether the browser keeps them beyond this page. */
export const ownSignsAreKept: Ref<boolean> = ref(true);
/** The signs' names as they are shown: no two alike. @param initial  of a sign without one, from 1 */
export function namesOf(signs: OwnSigns, initial: (place: number) => string): string[] {
  const names = signs.map(({ name }, i) => name.trim() || initial(i + 1));
  return names.map((name, i) => (names.indexOf(name) < i ? `${name} (${i + 1})` : name));
}

/** The signs before and after each act that deleted some. */
const deletions: Ref<readonly { before: OwnSigns; after: OwnSigns }[]> = shallowRef([]);
export const canBringBack: ComputedRef<boolean> = computed(() => deletions.value.length > 0);

let opened: Promise<void> | null = null;
/** Changes of this tab so far, and those of them that are not written yet. */
let changes = 0;
let unwritten = 0;
let tabs: BroadcastChannel | null = null;

/** Call it in `onMounted`. */
export function openOwnSigns(): Promise<void> {
  return (opened ??= (async () => {
    tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel(KEY) : null;
    tabs?.addEventListener('message', () => void takeKept());
    await takeKept();
  })());
}

async function takeKept(): Promise<void> {
  const before = changes;
  const kept = await readValue(KEY, wholeSignsOf);
  ownSignsAreKept.value = isKept;
  if (kept && changes === before && unwritten === 0) show(kept); // else the change that is being written shows what is kept
}

function show(signs: OwnSigns): void {
  if (JSON.stringify(signs) !== JSON.stringify(ownSigns.value)) ownSigns.value = signs;
}

/** Changes the signs, those that are shown and those that are kept. `change` is called for both. */
export async function changeOwnSigns(change: (signs: OwnSigns) => OwnSigns): Promise<void> {
  changes++;
  unwritten++;
  const before = ownSigns.value;
  ownSigns.value = change(before);
  const { value, isKept: outlasts } = await changeValue(KEY, wholeSignsOf, (kept) => change(kept ?? before));
  ownSignsAreKept.value = outlasts;
  if (--unwritten === 0) show(value);
  tabs?.postMessage('changed');
}

/** Deletes one drawing. */
export function deleteDrawing(place: number, drawing: string): Promise<void> {
  return deleteSome((signs) => signs.map((sign, i) => (i === place ? { ...sign, drawings: without(sign.drawings, [drawing]) } : sign)));
}

/** Puts others, for example those of a file, in the place of the signs that are shown; without any, deletes these. */
export function replaceOwnSigns(others: OwnSigns = noSigns): Promise<void> {
  const seen = ownSigns.value;
  // What another tab has just added, and nobody could see here, stays.
  return deleteSome((signs) => signs.map(({ drawings }, i) => ({ ...others[i], drawings: [...others[i].drawings, ...without(drawings, seen[i].drawings)] })));
}

/** Changes the signs in a way that `bringBackSigns` takes back. */
async function deleteSome(change: (signs: OwnSigns) => OwnSigns): Promise<void> {
  const before = ownSigns.value;
  const written = changeOwnSigns(change);
  if (before.some(({ name, drawings }) => name !== '' || drawings.length > 0)) deletions.value = [...deletions.value, { before, after: ownSigns.value }];
  await written;
}

/** What was deleted last, among what has come since. */
export async function bringBackSigns(): Promise<void> {
  const last = deletions.value.at(-1);
  if (!last) return;
  deletions.value = deletions.value.slice(0, -1);
  await changeOwnSigns((signs) => signs.map((sign, i) => broughtBack(sign, last.before[i], last.after[i])));
}

/** When the page is left, what was deleted is gone. */
export function forgetDeletedSigns(): void {
  deletions.value = [];
}

function broughtBack(now: OwnSign, before: OwnSign, after: OwnSign): OwnSign {
  const come = without(after.drawings, before.drawings);
  const all = [...without(before.drawings, after.drawings), ...without(now.drawings, come)];
  const inOrder = before.drawings.filter((drawing) => take(all, drawing));
  return { name: now.name === after.name ? before.name : now.name, drawings: [...inOrder, ...all].slice(0, MOST_READ) };
}

/** The drawings without those others, each once. */
function without(drawings: readonly string[], others: readonly string[]): string[] {
  const rest = [...drawings];
  for (const other of others) take(rest, other);
  return rest;
}

function take(drawings: string[], drawing: string): boolean {
  const place = drawings.indexOf(drawing);
  if (place >= 0) drawings.splice(place, 1);
  return place >= 0;
}

const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_NAME;
const isDrawing = (value: unknown): value is string => typeof value === 'string' && readStrokes(value) !== undefined;

/** @returns undefined when it is something else; drawings without any ink, which nobody can see, are left out */
export function signsOf(value: unknown): OwnSigns | undefined {
  if (!Array.isArray(value) || value.length !== SIGNS) return undefined;
  const isSign = (sign: Partial<OwnSign> | null): boolean => isName(sign?.name) && Array.isArray(sign.drawings) && sign.drawings.length <= MOST_READ && sign.drawings.every(isDrawing);
  return value.every(isSign) ? wholeSignsOf(value) : undefined;
}

/** The signs in what is kept, without names and drawings that are damaged or cannot be seen. @returns undefined when it is something else */
function wholeSignsOf(kept: unknown): OwnSigns | undefined {
  if (!Array.isArray(kept)) return undefined;
  return noSigns.map((_, place) => {
    const { name, drawings } = ((kept as unknown[])[place] ?? {}) as { name?: unknown; drawings?: unknown };
    const seen = Array.isArray(drawings) ? drawings.filter((drawing): drawing is string => isDrawing(drawing) && readStrokes(drawing)!.length > 0) : [];
    return { name: isName(name) ? name : '', drawings: seen.slice(0, MOST_READ) };
  });
}
