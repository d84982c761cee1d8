// Where what a text consists of came from, in terms of the texts that a model was trained on.
import { type CopyReport, type SourceIndex } from '../provenance/source-index.js';
import { type Spans, type TextCoder } from './coder.js';

/** A place in a source text. */
export interface Occurrence {
  /** The source's name. */
  source: string;
  /** The first token, counted in that text from 0. */
  position: number;
  /** From where to where it stands, in UTF-16 code units of that text. */
  start: number;
  end: number;
}

/** One unit of a written text, and what it may be a continuation of. */
export interface Continuation {
  token: string;
  /** How many of the units before it stand before it in a source, too: 0 to the model's order; -1 if the unit is in no source. */
  contextLength: number;
  /** How often it stands behind these units in all sources together. */
  count: number;
  /** Some of these places; `start` and `end` are those of the unit itself. */
  occurrences: Occurrence[];
}

/** What of a text is copied; see CopyReport. */
export interface TextCopyReport extends CopyReport {
  /** Where the longest run stands in its source, and what it says. */
  longestText?: Occurrence & { text: string };
}

export interface SourceTexts {
  index: SourceIndex;
  coder: TextCoder;
  /** The text of each source, by its number. */
  texts: readonly string[];
}

export class Provenance {
  readonly #sources: SourceTexts;
  readonly #spans = new Map<number, Spans>();

  constructor(sources: SourceTexts) {
    this.#sources = sources;
  }

  /** Where a run of ids stands. */
  occurrences(ids: ArrayLike<number>, limit: number): Occurrence[] {
    return this.#sources.index.occurrences(ids, limit).map(({ source, text, position }) => this.#occurrence(source, text, position, position, ids.length));
  }

  trace(ids: Int32Array, order: number, limit: number): Continuation[] {
    const { index, coder } = this.#sources;
    const continuations: Continuation[] = [];
    for (let i = 0; i < ids.length; i++) {
      if (ids[i] === coder.startToken) continue;
      let length = Math.min(order, i);
      let count = 0;
      for (; length >= 0; length--) {
        count = index.count(ids.subarray(i - length, i + 1));
        if (count > 0) break;
      }
      const places = length < 0 ? [] : index.occurrences(ids.subarray(i - length, i + 1), limit);
      continuations.push({
        token: coder.tokens[ids[i]] ?? '',
        contextLength: length,
        count,
        occurrences: places.map(({ source, text, position }) => this.#occurrence(source, text, position, position + length, 1)),
      });
    }
    return continuations;
  }

  copies(ids: ArrayLike<number>, minLength: number): TextCopyReport {
    const report = this.#sources.index.copies(ids, minLength);
    const { longest } = report;
    if (longest === undefined) return report;
    const place = this.#occurrence(longest.source, longest.text, longest.position, longest.position, longest.length);
    return { ...report, longestText: { ...place, text: this.#sources.texts[longest.text].slice(place.start, place.end) } };
  }

  #occurrence(source: string, text: number, position: number, first: number, length: number): Occurrence {
    const { coder, texts } = this.#sources;
    let spans = this.#spans.get(text);
    if (spans === undefined) {
      spans = coder.spans(texts[text]);
      this.#spans.set(text, spans);
    }
    return { source, position, start: spans.starts[first], end: spans.ends[first + length - 1] };
  }
}
