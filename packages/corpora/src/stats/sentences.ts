// Where sentences end (see words.ts for the rule), in a text that arrives in pieces.

const abbreviations = /* @__PURE__ */ new Set(
  ('abs bd bzw ca dgl dr etc evtl ff geb ggf hl hrsg inkl jh jhd kap mio mrd nr prof sog st str tel usf usw vgl zzgl zz ' +
    'capt cf col ed eds fig gen gov jr lt ltd mr mrs ms mt no rev sen sgt sr vol vs').split(' '),
);

/** A possible end: marks with closing quotes and brackets, then white space; or a blank line. */
const endPattern = /(?<marks>(?<![.!?…])[.!?…]+)[\p{Pe}\p{Pf}\p{Pi}"']*\s+|\n[^\S\n]*\n\s*/gu;

/** How far the rule looks beyond an end: for a lower-case letter behind opening quotes. */
const LOOKAHEAD = 8;

/** Characters that are held before they are read. */
const LEAST_READ = 1024;

/** What stands before a full stop that ends no sentence. */
const lastWord = /[\p{L}\p{N}]+$/u;

/** Reads sentences from pieces of a text. */
export class SentenceReader {
  #held = '';
  #worthReading = LEAST_READ;

  /** @returns some sentences that are complete, without the white space around them */
  add(chunk: string): string[] {
    this.#held += chunk;
    // Read only when a good part of what is held is new: else a long text without an end would be read again with every small piece.
    if (this.#held.length < this.#worthReading) return [];
    const sentences = this.#take(false);
    this.#worthReading = Math.max(LEAST_READ, 2 * this.#held.length);
    return sentences;
  }

  /** What is left at the end of the text. */
  rest(): string[] {
    return this.#take(true);
  }

  #take(final: boolean): string[] {
    const text = this.#held;
    const sentences: string[] = [];
    let start = 0;
    for (const match of text.matchAll(endPattern)) {
      const end = match.index + match[0].length;
      // What follows decides, and may be in the next piece.
      if (end + LOOKAHEAD > text.length && !final) break;
      if (match.groups?.marks && !endsSentence(text, start, match.index, match.groups.marks, end)) continue;
      const sentence = text.slice(start, end).trim();
      if (sentence !== '') sentences.push(sentence);
      start = end;
    }
    this.#held = text.slice(start);
    if (final) {
      const sentence = this.#held.trim();
      if (sentence !== '') sentences.push(sentence);
      this.#held = '';
    }
    return sentences;
  }
}

/** @param at where the marks begin @param end where the next sentence would begin */
function endsSentence(text: string, start: number, at: number, marks: string, end: number): boolean {
  // A blank line ends a sentence whatever follows.
  if (/\n[^\S\n]*\n/.test(text.slice(at, end))) return true;
  if (/^[\p{Pi}\p{Ps}"'„»«]*\p{Ll}/u.test(text.slice(end, end + LOOKAHEAD))) return false;
  if (marks !== '.') return true;
  const word = lastWord.exec(text.slice(Math.max(start, at - 24), at))?.[0] ?? '';
  if (abbreviations.has(word.toLowerCase())) return false;
  // An initial or a part of „z. B.“; but „Das war ich. I did it, I.“: „I“ can end a sentence.
  if (/^\p{L}$/u.test(word) && word !== 'I') return false;
  // „am 3. Mai“: numbers of up to two digits are rather ordinals than ends of sentences.
  return !/^\d{1,2}$/.test(word);
}
