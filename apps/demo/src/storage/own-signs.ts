// The visitor's own signs for chapter 4: three signs with a name and drawings each, kept in the browser until they are deleted.
import { ref, type Ref } from 'vue';
import { readStrokes } from '../figures/sign-strokes.js';
import { isKept, readValue, removeValue, writeValue } from './kept-values.js';

export interface OwnSign {
  name: string;
  /** Drawings as text; see sign-strokes.ts. */
  drawings: readonly string[];
}

export const SIGNS = 3;
/** The most drawings of a sign. */
export const MOST_DRAWINGS = 20;
export const LONGEST_NAME = 16;
const KEY = 'own-signs';

const empty = (): OwnSign[] => Array.from({ length: SIGNS }, () => ({ name: '', drawings: [] }));

/** The signs; without drawings until `openOwnSigns` has read them. */
export const ownSigns: Ref<readonly OwnSign[]> = ref(empty());
/** Whether the browser keeps them beyond this page. */
export const ownSignsAreKept: Ref<boolean> = ref(true);

let opened: Promise<void> | null = null;
let hasChanged = false;

/** Call it in `onMounted`. */
export function openOwnSigns(): Promise<void> {
  return (opened ??= (async () => {
    const kept = await readValue<unknown>(KEY);
    ownSignsAreKept.value = isKept;
    if (!hasChanged) ownSigns.value = asSigns(kept) ?? empty(); // what was drawn in the meantime is newer
  })());
}

export async function setOwnSigns(signs: readonly OwnSign[]): Promise<void> {
  hasChanged = true;
  ownSigns.value = signs;
  ownSignsAreKept.value = await writeValue(KEY, JSON.parse(JSON.stringify(signs)));
}

export async function removeOwnSigns(): Promise<void> {
  hasChanged = true;
  ownSigns.value = empty();
  await removeValue(KEY);
}

/** The signs as the text of a file; `pixels` is for other programs, and not read again. */
export const fileOfSigns = (signs: readonly (OwnSign & { pixels: readonly (readonly number[])[] })[]): string => `${JSON.stringify({ kind: 'own signs', version: 1, signs })}\n`;

/** @returns undefined when it is no such file */
export function signsOfFile(text: string): OwnSign[] | undefined {
  try {
    return asSigns((JSON.parse(text) as { signs?: unknown }).signs);
  } catch {
    return undefined;
  }
}

function asSigns(value: unknown): OwnSign[] | undefined {
  if (!Array.isArray(value) || value.length !== SIGNS) return undefined;
  const signs = value as Partial<OwnSign>[];
  const isDrawing = (drawing: unknown): boolean => typeof drawing === 'string' && drawing !== '' && readStrokes(drawing) !== undefined;
  const isSign = (sign: Partial<OwnSign> | null): boolean => typeof sign?.name === 'string' && sign.name.length <= LONGEST_NAME && Array.isArray(sign.drawings) && sign.drawings.length <= MOST_DRAWINGS && sign.drawings.every(isDrawing);
  return signs.every(isSign) ? signs.map(({ name, drawings }) => ({ name: name!, drawings: [...drawings!] })) : undefined;
}
