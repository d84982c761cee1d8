// The visitor's own text: one for the whole course, kept in the browser. A short one also travels in links, after the `#`.
import { ref, type Ref } from 'vue';
import { isKept, readValue, removeValue, writeValue, type Check } from './kept-values.js';

/** The longest own text, in UTF-16 units; a longer one is refused before it is put into a text field. */
export const LONGEST_TEXT = 5_000_000;
/** The most characters that a text may take in a link. */
const LONGEST_IN_LINK = 2000;
const KEY = 'own-text';
const EARLIER_KEY = 'own-text-before-link';
const IN_HASH = 'text:';

/** A text as it could have been kept. */
const textOf: Check<string> = (kept) => (typeof kept === 'string' && kept.length <= LONGEST_TEXT ? kept : undefined);

/** The text; empty until `openOwnText` has read it. */
export const ownText: Ref<string> = ref('');
/** Whether the browser keeps the text beyond this page. */
export const ownTextIsKept: Ref<boolean> = ref(true);
/** The visitor's text that a link's text has taken the place of, once that was changed; empty without one. */
export const earlierText: Ref<string> = ref('');
/** Waits this long after the last change before the text is kept, in milliseconds. */
const KEEP_DELAY = 300;

let opened: Promise<void> | null = null;
let isOpen = false;
/** Whether the text came with the link and is not the visitor's until it is changed. */
let isOfLink = false;
/** Whether the next text that is kept takes the place of one of the visitor's that was not shown when it was typed. */
let replacesKept = false;
let keeping: ReturnType<typeof setTimeout> | undefined;
/** How many changes the visitor has made in this tab, and how many of them the browser keeps. */
let changes = 0;
let keptChanges = 0;
let tabs: BroadcastChannel | null = null;

/** Takes the text of the page's link if it has one, else the kept one. Call it in `onMounted`. */
export function openOwnText(): Promise<void> {
  return (opened ??= (async () => {
    await takeUnfinished();
    await take();
    isOpen = true;
    addEventListener('hashchange', () => void (hasText(location.hash) && take()));
    addEventListener('pagehide', leave);
    addEventListener('pageshow', forgetUnfinished); // the same page again
    // Another tab has changed the text: this one shows it, too.
    tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('own-text') : null;
    tabs?.addEventListener('message', () => void (isOfLink || changes !== keptChanges || takeKept()));
  })());
}

async function take(): Promise<void> {
  if (keeping !== undefined) await keep(); // the visitor's last words, before the link's text is in their place
  const before = ownText.value;
  const fromLink = await textOfHash(location.hash);
  const wasTyped = ownText.value !== before; // while the link's text was unpacked: what is typed is newer
  isOfLink = fromLink !== undefined && !wasTyped;
  if (isOfLink) ownText.value = fromLink!;
  else if (!wasTyped) await takeKept();
  earlierText.value = (await readValue(EARLIER_KEY, textOf)) ?? '';
}

async function takeKept(): Promise<void> {
  const before = changes;
  const kept = (await readValue(KEY, textOf)) ?? '';
  if (changes !== before) return; // what was typed here in the meantime is newer, and is kept soon
  ownText.value = kept;
  ownTextIsKept.value = isKept;
}

async function keep(): Promise<void> {
  clearTimeout(keeping);
  keeping = undefined;
  const upTo = changes;
  await write(ownText.value, replacesKept);
  replacesKept = false;
  keptChanges = upTo;
  if (keptChanges === changes) forgetUnfinished();
  tabs?.postMessage('changed');
}

async function write(text: string, replaces: boolean): Promise<void> {
  const kept = replaces ? ((await readValue(KEY, textOf)) ?? '') : '';
  if (kept !== '' && kept !== text) await writeValue(EARLIER_KEY, (earlierText.value = kept));
  ownTextIsKept.value = await writeValue(KEY, text);
}

/** A page that is left has no time to write into IndexedDB: what is not kept yet, or is being written, is left to the next page of this tab. */
function leave(): void {
  if (keptChanges === changes) return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ text: ownText.value, replaces: replacesKept }));
  } catch {
    // There is no such storage, or the text is too long for it.
  }
  void keep();
}

async function takeUnfinished(): Promise<void> {
  try {
    const unfinished = sessionStorage.getItem(KEY);
    if (unfinished === null) return;
    const { text, replaces } = JSON.parse(unfinished) as { text?: unknown; replaces?: unknown };
    const whole = textOf(text);
    if (whole !== undefined) await write(whole, replaces === true);
  } catch {
    // There is no such storage, or what is in it is damaged.
  }
  forgetUnfinished();
}

function forgetUnfinished(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // There is no such storage.
  }
}

/** The visitor's own text again, in place of the one that came with a link. */
export async function bringBackEarlierText(): Promise<void> {
  setOwnText(earlierText.value);
  await keep();
  await removeValue(EARLIER_KEY);
  earlierText.value = '';
}

export function setOwnText(text: string): void {
  changes++;
  if (isOfLink || !isOpen) replacesKept = true; // before the kept text is known, nobody could see it
  isOfLink = false;
  ownText.value = text;
  clearTimeout(keeping);
  keeping = setTimeout(() => void keep(), KEEP_DELAY);
}

export async function removeOwnText(): Promise<void> {
  changes++;
  clearTimeout(keeping);
  keeping = undefined;
  isOfLink = false;
  replacesKept = false;
  ownText.value = '';
  const upTo = changes;
  await removeValue(KEY);
  keptChanges = upTo;
  tabs?.postMessage('changed');
}

/** Whether a link's part after `#` brings a text along. */
export function hasText(hash: string): boolean {
  return hash.startsWith(`#${IN_HASH}`);
}

/** The part of a link after `#` that brings the text along, or undefined if the text is too long for one. */
export async function hashOfText(text: string): Promise<string | undefined> {
  if (text === '' || text.length > 50 * LONGEST_IN_LINK) return undefined;
  const bytes = await through(new CompressionStream('deflate-raw'), new TextEncoder().encode(text));
  const code = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return code.length <= LONGEST_IN_LINK ? `#${IN_HASH}${code}` : undefined;
}

/** The text that a link brings along; undefined when it brings none or what it brings is damaged. */
export async function textOfHash(hash: string): Promise<string | undefined> {
  if (!hasText(hash)) return undefined;
  try {
    const code = hash.slice(1 + IN_HASH.length).replaceAll('-', '+').replaceAll('_', '/');
    const bytes = await through(new DecompressionStream('deflate-raw'), Uint8Array.from(atob(code), (char) => char.charCodeAt(0)));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).slice(0, LONGEST_TEXT);
  } catch {
    return undefined;
  }
}

async function through(stream: CompressionStream | DecompressionStream, bytes: Uint8Array): Promise<Uint8Array> {
  const response = new Response(new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array, BufferSource> as never));
  return new Uint8Array(await response.arrayBuffer());
}
