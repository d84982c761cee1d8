// Divides a generated text into pieces copied from the sources, each as long as possible.
import type { Place, Steps, TextMarkov } from '@kk/markov';

export interface SourceRun {
  /** The text of the piece. */
  text: string;
  /** Its length in units. */
  units: number;
  /** The file that contains it, as named in training; null if no file does. */
  source: string | null;
  /** Its start in that file, from 1; null if no file contains it. */
  line: number | null;
  column: number | null;
}

/**
 * Yields the share that is done, from 0 to 1: a long text takes seconds until it is known where its units begin.
 * @throws {Error} if the model has no texts
 */
export function* sourceRunsInSteps(model: TextMarkov, written: string): Steps<SourceRun[]> {
  const { sourceIndex } = model.counted;
  const { coder, strings } = model.parts;
  const ids = coder.encode(written, { foreign: coder.vocabSize });
  const places = coder.spans(written);
  const found: { text: string; units: number; place?: Place }[] = [];
  for (let from = 0; from < ids.length; ) {
    const { length, place } = sourceIndex.longestMatch(ids, from);
    const units = Math.max(1, length);
    // Marks and blanks between two pieces belong to the one before.
    const text = written.slice(from === 0 ? 0 : places.starts[from], from + units < ids.length ? places.starts[from + units] : undefined);
    from += units;
    // The end of a sentence is a unit without text.
    if (text !== '') found.push({ text, units, place });
  }
  const starts = yield* startsInSteps(model, found.flatMap(({ place }) => (place === undefined ? [] : [place.text])));
  return found.map(({ text, units, place }) => {
    const source = place && strings[place.text];
    if (place === undefined || source === undefined) return { text, units, source: null, line: null, column: null };
    return { text, units, source: place.source, ...lineAndColumn(source, starts.get(place.text)![place.position]) };
  });
}

/** Where the units of some of the kept texts begin, by the numbers of the texts. Yields the share that is done. */
export function* startsInSteps({ parts: { coder, strings } }: TextMarkov, texts: Iterable<number>): Steps<Map<number, ArrayLike<number>>> {
  const needed = [...new Set(texts)];
  const starts = new Map<number, ArrayLike<number>>();
  for (const [done, text] of needed.entries()) {
    const steps = coder.spansInSteps(strings[text]!);
    let step = steps.next();
    for (; !step.done; step = steps.next()) yield (done + step.value) / needed.length;
    starts.set(text, step.value.starts);
  }
  return starts;
}

/** The line and column of an offset, both from 1; columns in UTF-16 units. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}
