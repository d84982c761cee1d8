// Finds the origin of the parts of a text in the training texts.
import type { CopyReport, SourceIndex } from '../provenance/source-index.js';
import type { Spans, TextCoder } from './coder.js';

/** A position in a source text. */
export interface Occurrence {
  /** The source's name. */
  source: string;
  /** The index of the first token in that text, from 0. */
  position: number;
  /** Its range in that text, in UTF-16 code units. */
  start: number;
  end: number;
}

/** One unit of a generated text, and where it may come from. */
export interface Continuation {
  token: string;
  /** The number of preceding units that also precede it in a source: 0 to the model's order; -1 if the unit is in no source. */
  contextLength: number;
  /** How often it follows these units in all sources together. */
  count: number;
  /** Some of these places; `start` and `end` are the range of the unit itself. */
  occurrences: Occurrence[];
}

/** The copied parts of a text; see CopyReport. */
export interface TextCopyReport extends CopyReport {
  /** The place of the longest copied sequence in its source, and its text. */
  longestText?: Occurrence & { text: string };
}

export interface SourceTexts {
  index: SourceIndex;
  coder: TextCoder;
  /** The text of each source, by index. */
  texts: readonly string[];
}

export class Provenance {
  readonly #sources: SourceTexts;
  readonly #spans = new Map<number, Spans>();

  constructor(sources: SourceTexts) {
    this.#sources = sources;
  }

  /** The places of a sequence of ids. */
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

  copies(ids: ArrayLike<number>, minimumRun: number): TextCopyReport {
    const report = this.#sources.index.copies(ids, minimumRun);
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
