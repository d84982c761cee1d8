// Splits a text that arrives in pieces into sentences (words.ts gives the rule).

const abbreviations = /* @__PURE__ */ new Set(
  ('abs bd bzw ca dgl dr etc evtl ff geb ggf hl hrsg inkl jh jhd kap mio mrd nr prof sog st str tel usf usw vgl zzgl zz ' +
    'capt cf col ed eds fig gen gov jr lt ltd mr mrs ms mt no rev sen sgt sr vol vs').split(' '),
);

/** A possible end: marks with closing quotes and brackets, then white space; or a blank line. */
const endPattern = /(?<marks>(?<![.!?…])[.!?…]+)[\p{Pe}\p{Pf}\p{Pi}"']*\s+|\n[^\S\n]*\n\s*/gu;

/** The lookahead of the rule after an end: for a lower-case letter after opening quotes. */
const LOOKAHEAD = 8;

/** The minimum number of characters to collect before reading them. */
const LEAST_READ = 1024;

/** The word before a full stop, which may be an abbreviation. */
const lastWord = /[\p{L}\p{N}]+$/u;

/** Reads sentences from pieces of a text. */
export class SentenceReader {
  #held = '';
  #worthReading = LEAST_READ;

  /** @returns complete sentences, without the white space around them; possibly none */
  add(chunk: string): string[] {
    this.#held += chunk;
    // Read only if much of the held text is new. Otherwise a long text without a sentence end would be read again with every small piece.
    if (this.#held.length < this.#worthReading) return [];
    const sentences = this.#take(false);
    this.#worthReading = Math.max(LEAST_READ, 2 * this.#held.length);
    return sentences;
  }

  /** The sentences that are left at the end of the text. */
  rest(): string[] {
    return this.#take(true);
  }

  #take(final: boolean): string[] {
    const text = this.#held;
    const sentences: string[] = [];
    let start = 0;
    for (const match of text.matchAll(endPattern)) {
      const end = match.index + match[0].length;
      // The following characters decide, and may be in the next piece.
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
  // A blank line always ends a sentence.
  if (/\n[^\S\n]*\n/.test(text.slice(at, end))) return true;
  if (/^[\p{Pi}\p{Ps}"'„»«]*\p{Ll}/u.test(text.slice(end, end + LOOKAHEAD))) return false;
  if (marks !== '.') return true;
  const word = lastWord.exec(text.slice(Math.max(start, at - 24), at))?.[0] ?? '';
  if (abbreviations.has(word.toLowerCase())) return false;
  // A single letter is an initial or a part of „z. B.“. Exception: „I“ can end a sentence.
  if (/^\p{L}$/u.test(word) && word !== 'I') return false;
  // „am 3. Mai“: a number of up to two digits is more likely an ordinal than the end of a sentence.
  return !/^\d{1,2}$/.test(word);
}
