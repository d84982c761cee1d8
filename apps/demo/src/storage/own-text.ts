// The visitor's own text: one for the whole course, kept in the browser. A short one also travels in links, after the `#`.
import { ref, type Ref } from 'vue';
import { isKept, readValue, removeValue, writeValue } from './kept-values.js';

/** The longest own text, in UTF-16 units; a longer one is refused before it is put into a text field. */
export const LONGEST_TEXT = 5_000_000;
/** The most characters that a text may take in a link. */
const LONGEST_IN_LINK = 2000;
const KEY = 'own-text';
const IN_HASH = 'text:';

/** The text; empty until `openOwnText` has read it. */
export const ownText: Ref<string> = ref('');
/** Whether the browser keeps the text beyond this page. */
export const ownTextIsKept: Ref<boolean> = ref(true);
let opened: Promise<void> | null = null;

/** Takes the text of the page's link if it has one, else the kept one. Call it in `onMounted`. */
export function openOwnText(): Promise<void> {
  return (opened ??= (async () => {
    const fromLink = await textOfHash(location.hash);
    ownText.value = fromLink ?? (await readValue<string>(KEY)) ?? '';
    ownTextIsKept.value = isKept;
  })());
}

export async function setOwnText(text: string): Promise<void> {
  ownText.value = text;
  ownTextIsKept.value = await writeValue(KEY, text);
}

export async function removeOwnText(): Promise<void> {
  ownText.value = '';
  await removeValue(KEY);
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
  if (!hash.startsWith(`#${IN_HASH}`)) return undefined;
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
