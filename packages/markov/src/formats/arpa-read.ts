// Reads the ARPA format line by line. The input is not trusted: anything inconsistent is an error that names the line. As in KenLM, tabs, spaces
// and line ends separate, and no other white space does.
import { checkOptions, requireIterable } from '@kk/options';
import { BackoffModel } from '../backoff-model.js';
import type { BackoffTable } from '../backoff-table.js';
import { childOf, ROOT, suffixLinks } from '../counts/trie.js';
import { IMPOSSIBLE } from './arpa-write.js';

export interface ArpaModel {
  model: BackoffModel;
  /** The token of each id, in the order of the file's 1-grams. */
  tokens: string[];
}

export interface ArpaReadOptions {
  /**
   * Adds the token <unk> with the log10 probability -100 if the file has none, as KenLM does (lm/config.cc, unknown_missing_logprob), so that
   * unknown tokens can be scored. Default false.
   */
  unknowns?: boolean;
}

const HIGHEST_LENGTH = 13;
const UNKNOWN = '<unk>';
const MISSING_UNKNOWN = 1e-100;
const SPACE = 32;
/** Tab, line ends and space. */
const separates = (code: number): boolean => code === SPACE || code === 9 || code === 13 || code === 10;
// Rounding can raise probabilities slightly above 1.
const ROUNDING = 1e-4;

/** The n-grams of one length while they are read, in the order of the file. */
interface Section {
  length: number;
  expected: number;
  size: number;
  /** For each n-gram: the node of all tokens but the last, the last token, and the log10 values. */
  parents: Int32Array;
  tokens: Int32Array;
  probabilities: Float64Array;
  backoffs: Float64Array;
}

/**
 * Takes the lines of a file one by one; finish() returns the model. It allocates memory for the n-grams that it reads, not for the number
 * in the header.
 */
export class ArpaReader {
  readonly #unknowns: boolean;
  #line = 0;
  #expected: number[] = [];
  #state: 'before' | 'header' | 'section' | 'end' = 'before';
  #section: Section | undefined;
  readonly #words = new Map<string, number>();
  // The trie so far: the complete levels, and where the last of them begins.
  #tokens = new Int32Array(1);
  #probabilities = new Float64Array(1);
  #backoffs = new Float64Array(1);
  #firstChild = new Int32Array(0);
  #levels: number[] = [0, 1];

  constructor({ unknowns = false }: ArpaReadOptions = {}) {
    this.#unknowns = unknowns;
  }

  /** @throws RangeError naming the line that cannot be read */
  push(line: string): void {
    this.#line++;
    // Before the header, a byte order mark may stand.
    const text = this.#state === 'before' ? line.trim() : withoutSpacesAround(line);
    if (text === '' || this.#state === 'end') return;
    if (text.startsWith('\\')) this.#heading(text);
    else if (this.#state === 'header') this.#count(text);
    else if (this.#state === 'section' && this.#section !== undefined) this.#entry(text, this.#section);
    // Any text may come before \data\.
  }

  /** @throws RangeError if the file is incomplete */
  finish(): ArpaModel {
    if (this.#state !== 'end') this.#refuse(this.#state === 'before' ? 'there is no \\data\\ line: expected an ARPA file' : 'the file ends without \\end\\: is it cut off?');
    const tokens = [...this.#words.keys()];
    const contexts = this.#levels.length > 2 ? this.#levels[this.#levels.length - 2] : 1;
    const firstChild = new Int32Array(contexts + 1).fill(this.#tokens.length);
    firstChild.set(this.#firstChild.subarray(0, contexts));
    const trie = { tokens: this.#tokens, firstChild };
    const backoffs = this.#backoffs.slice(0, contexts);
    backoffs[ROOT] = 0;
    const table: BackoffTable = {
      ...trie,
      order: this.#expected.length - 1,
      vocabSize: tokens.length,
      startToken: this.#words.get('<s>') ?? -1,
      lower: 'shorter',
      probabilities: this.#probabilities,
      backoffs,
      suffixes: suffixLinks(trie, contexts),
    };
    return { model: new BackoffModel(table, this.#words.get(UNKNOWN) ?? -1), tokens };
  }

  #heading(text: string): void {
    if (text === '\\data\\' && this.#state === 'before') {
      this.#state = 'header';
      return;
    }
    if (this.#state === 'before') return;
    this.#close();
    const length = (this.#section?.length ?? 0) + 1;
    if (text === '\\end\\' && length === this.#expected.length + 1 && length > 1) {
      this.#state = 'end';
      this.#section = undefined;
      return;
    }
    if (length > this.#expected.length || text !== `\\${length}-grams:`) {
      this.#refuse(`got ${JSON.stringify(text)}, expected ${length <= this.#expected.length ? `\\${length}-grams:` : this.#expected.length === 0 ? 'ngram 1=... first' : '\\end\\'}`);
    }
    this.#state = 'section';
    const room = Math.min(this.#expected[length - 1], 1024);
    this.#section = { length, expected: this.#expected[length - 1], size: 0, parents: new Int32Array(room), tokens: new Int32Array(room), probabilities: new Float64Array(room), backoffs: new Float64Array(room) };
  }

  #count(text: string): void {
    const [, length, count] = /^ngram\s+(\d{1,2})\s*=\s*(\d{1,10})$/.exec(text) ?? this.#refuse(`got ${JSON.stringify(text.slice(0, 60))}, expected "ngram ${this.#expected.length + 1}=" and a number`);
    if (Number(length) !== this.#expected.length + 1) this.#refuse(`got the number of ${length}-grams, expected that of ${this.#expected.length + 1}-grams`);
    if (Number(length) > HIGHEST_LENGTH) this.#refuse(`n-grams of ${length} tokens are too long: at most ${HIGHEST_LENGTH}`);
    const highest = length === '1' ? 2 ** 24 : 2 ** 31 - 1;
    if (Number(count) > highest || (length === '1' && Number(count) === 0)) this.#refuse(`${count} ${length}-grams: expected ${length === '1' ? 1 : 0} to ${highest}`);
    this.#expected.push(Number(count));
  }

  #entry(text: string, section: Section): void {
    const { length } = section;
    const fields = text.split(/[ \t\r]+/);
    if (fields.length !== length + 1 && fields.length !== length + 2) {
      this.#refuse(`${fields.length} columns, expected a probability, ${length} token${length > 1 ? 's' : ''} and perhaps a backoff weight`);
    }
    if (section.size === section.expected) this.#refuse(`there are more ${length}-grams than the ${section.expected} that the header announced`);
    if (section.size === section.tokens.length) enlarge(section);
    const last = fields[length];
    let parent = ROOT;
    if (length === 1) {
      if (this.#words.has(wordOf(last))) this.#refuse(`the token ${JSON.stringify(last)} comes twice`);
      this.#words.set(wordOf(last), this.#words.size);
    } else {
      for (let i = 1; i < length; i++) {
        parent = childOf(this, parent, this.#idOf(fields[i]));
        if (parent < 0) this.#refuse(`its beginning ${JSON.stringify(fields.slice(1, i + 1).join(' '))} is not among the ${i}-grams`);
      }
    }
    section.parents[section.size] = parent;
    section.tokens[section.size] = this.#idOf(last);
    // A very small probability of <unk> is none of 0: unknown tokens do occur.
    section.probabilities[section.size] = this.#probability(fields[0], length === 1 && wordOf(last) === UNKNOWN);
    section.backoffs[section.size] = fields.length === length + 2 ? this.#weight(fields[length + 1]) : 1;
    section.size++;
  }

  get tokens(): Int32Array {
    return this.#tokens;
  }

  get firstChild(): Int32Array {
    return this.#firstChild;
  }

  /** Sorts the finished section's n-grams under the level above. */
  #close(): void {
    const section = this.#section;
    if (section === undefined) return;
    if (section.size !== section.expected) this.#refuse(`there are ${section.size} ${section.length}-grams, the header announced ${section.expected}`);
    if (section.length === 1 && this.#unknowns && !this.#words.has(UNKNOWN)) this.#addUnknown(section);
    const { size, length, parents, tokens } = section;
    const order = Uint32Array.from({ length: size }, (_, i) => i).sort((a, b) => parents[a] - parents[b] || tokens[a] - tokens[b]);
    const from = this.#tokens.length;
    this.#tokens = grown(this.#tokens, new Int32Array(from + size));
    this.#probabilities = grown(this.#probabilities, new Float64Array(from + size));
    this.#backoffs = grown(this.#backoffs, new Float64Array(from + size));
    // The children of the level above are now known; those of this level stay empty until the next section ends.
    const firstChild = grown(this.#firstChild.subarray(0, this.#levels[length - 1]), new Int32Array(from + size + 1).fill(from + size));
    let at = 0;
    for (let parent = this.#levels[length - 1]; parent < from; parent++) {
      firstChild[parent] = from + at;
      for (; at < size && parents[order[at]] === parent; at++) {
        const entry = order[at];
        if (at > 0 && parents[order[at - 1]] === parent && tokens[order[at - 1]] === tokens[entry]) this.#refuse(`an n-gram of ${length} tokens that ends with ${JSON.stringify([...this.#words.keys()][tokens[entry]])} comes twice`);
        this.#tokens[from + at] = tokens[entry];
        this.#probabilities[from + at] = section.probabilities[entry];
        this.#backoffs[from + at] = section.backoffs[entry];
      }
    }
    this.#firstChild = firstChild;
    if (size > 0) this.#levels.push(from + size);
    else this.#levels.push(from);
  }

  /** Adds <unk> to the 1-grams. */
  #addUnknown(section: Section): void {
    if (section.size === section.tokens.length) enlarge(section, section.size + 1);
    section.parents[section.size] = ROOT;
    section.tokens[section.size] = this.#words.size;
    section.probabilities[section.size] = MISSING_UNKNOWN;
    section.backoffs[section.size] = 1;
    section.size++;
    this.#words.set(UNKNOWN, this.#words.size);
  }

  #idOf(word: string): number {
    return this.#words.get(wordOf(word)) ?? this.#refuse(`the token ${JSON.stringify(word)} is not among the 1-grams`);
  }

  /** @param isTiny whether a log10 of -99 and below is meant as it stands, and not as "impossible" */
  #probability(text: string, isTiny: boolean): number {
    const value = this.#number(text, 'probability');
    if (isTiny && value <= IMPOSSIBLE && !/inf/i.test(text)) return 10 ** value;
    if (value > ROUNDING) this.#refuse(`the probability ${text} is a log10 above 0, expected one from ${IMPOSSIBLE} to 0`);
    return value <= IMPOSSIBLE ? 0 : Math.min(1, 10 ** value);
  }

  #weight(text: string): number {
    const value = this.#number(text, 'backoff weight');
    if (value > -IMPOSSIBLE) this.#refuse(`the backoff weight ${text} is out of range, expected a log10 up to ${-IMPOSSIBLE}`);
    return value <= IMPOSSIBLE ? 0 : 10 ** value;
  }

  #number(text: string, what: string): number {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : /^-inf(inity)?$/i.test(text) ? IMPOSSIBLE : NaN;
    return Number.isFinite(value) ? value : this.#refuse(`got ${JSON.stringify(text.slice(0, 40))} as ${what}, expected a number`);
  }

  #refuse(what: string): never {
    throw new RangeError(`line ${this.#line} of the ARPA file: ${what}`);
  }
}

function grown<Values extends Int32Array | Float64Array>(values: Values, room: Values): Values {
  room.set(values);
  return room;
}

function enlarge(section: Section, room = Math.min(section.expected, section.tokens.length * 2)): void {
  section.parents = grown(section.parents, new Int32Array(room));
  section.tokens = grown(section.tokens, new Int32Array(room));
  section.probabilities = grown(section.probabilities, new Float64Array(room));
  section.backoffs = grown(section.backoffs, new Float64Array(room));
}

/** KenLM takes both spellings for the same token. */
const wordOf = (written: string): string => (written === '<UNK>' ? UNKNOWN : written);

function withoutSpacesAround(line: string): string {
  let from = 0;
  let to = line.length;
  while (from < to && separates(line.charCodeAt(from))) from++;
  while (to > from && separates(line.charCodeAt(to - 1))) to--;
  return from === 0 && to === line.length ? line : line.slice(from, to);
}

/**
 * Reads the model of an ARPA file.
 *
 * @param lines the file's text, or its lines
 * @throws RangeError naming the line that cannot be read
 */
export function readArpa(lines: string | Iterable<string>, options: ArpaReadOptions = {}): ArpaModel {
  checkOptions<ArpaReadOptions>('readArpa', options, { unknowns: true });
  if (typeof lines !== 'string') requireIterable('lines', lines, 'the text of an ARPA file, or its lines');
  const reader = new ArpaReader(options);
  for (const line of typeof lines === 'string' ? lines.split('\n') : lines) reader.push(line);
  return reader.finish();
}

/** Like readArpa, for lines that arrive over time. */
export async function readArpaStream(lines: AsyncIterable<string>, options: ArpaReadOptions = {}): Promise<ArpaModel> {
  checkOptions<ArpaReadOptions>('readArpaStream', options, { unknowns: true });
  const reader = new ArpaReader(options);
  for await (const line of lines) reader.push(line);
  return reader.finish();
}
