// Divides a generated text into pieces copied from the sources, each as long as possible.
import { type TextMarkov } from '@kk/markov';

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

/** @throws {Error} if the model has no texts */
export function sourceRuns(model: TextMarkov, written: string): SourceRun[] {
  const { sourceIndex } = model.counted;
  const { coder, strings } = model.parts;
  const ids = coder.encode(written, { foreign: coder.vocabSize });
  const places = coder.spans(written);
  const spans = new Map<number, ReturnType<typeof coder.spans>>();
  const runs: SourceRun[] = [];
  for (let from = 0; from < ids.length; ) {
    const { length, place } = sourceIndex.longestMatch(ids, from);
    const units = Math.max(1, length);
    // Marks and blanks between two pieces belong to the one before.
    const text = written.slice(from === 0 ? 0 : places.starts[from], from + units < ids.length ? places.starts[from + units] : undefined);
    from += units;
    // The end of a sentence is a unit without text.
    if (text === '') continue;
    const source = place && strings[place.text];
    if (place === undefined || source === undefined) {
      runs.push({ text, units, source: null, line: null, column: null });
      continue;
    }
    let there = spans.get(place.text);
    if (!there) spans.set(place.text, (there = coder.spans(source)));
    runs.push({ text, units, source: place.source, ...lineAndColumn(source, there.starts[place.position]) });
  }
  return runs;
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
