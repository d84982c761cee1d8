// Writes and opens a corpus of several files of tokens, listed in a small JSON file that says what each must be.
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { reasonOf, writeWholeFile } from '@kk/whole-file';
import { openTokenFile, writeTokens, type TokenFileOptions, type TokenPieces } from './token-files.js';
import { MOST_TOKENS } from '../data/token-format.js';
import { checkVocabSize, joinTokens, type TokenSource } from '../data/token-source.js';

export interface TokenShardsOptions extends TokenFileOptions {
  /** The most tokens of a file; from 1 to 2^31 - 1, default 100 million, as llm.c's. */
  tokensPerFile?: number;
}

const SHARDS_OPTIONS: OptionNames<TokenShardsOptions> = { vocabSize: 'required', tokensPerFile: 'optional' };

const LIST_FORMAT = 'kk-tokens-1';

interface ShardList {
  readonly format: typeof LIST_FORMAT;
  readonly vocabSize: number;
  /** In their order, in the folder of the list. */
  readonly files: readonly { readonly name: string; readonly tokens: number; readonly checksum: string }[];
}

/**
 * Writes the tokens as several files, `NAME-00000.bin` and so on, beside a list of them, `NAME.json`, which is written last.
 * @param list where the list goes; its name ends in `.json`
 * @returns the number of tokens
 * @throws RangeError as `writeTokenFile` does
 */
export async function writeTokenShards(list: string, pieces: TokenPieces, options: TokenShardsOptions): Promise<number> {
  checkOptions('writeTokenShards', options, SHARDS_OPTIONS);
  const { vocabSize, tokensPerFile = 100_000_000 } = options;
  checkVocabSize('writeTokenShards', vocabSize);
  if (!list.endsWith('.json')) throw new RangeError(`writeTokenShards: the list is to be ${list}; expected a name that ends in .json.`);
  if (!Number.isInteger(tokensPerFile) || tokensPerFile < 1 || tokensPerFile > MOST_TOKENS) throw new RangeError(`writeTokenShards: tokensPerFile is ${String(tokensPerFile)}; expected a whole number from 1 to ${MOST_TOKENS}.`);
  const files: ShardList['files'][number][] = [];
  const shards = new Shards(pieces, tokensPerFile);
  do {
    const name = `${basename(list, '.json')}-${String(files.length).padStart(5, '0')}.bin`;
    const { tokens, checksum } = await writeTokens(join(dirname(list), name), shards.next(), vocabSize);
    files.push({ name, tokens, checksum: checksum.toString(16).padStart(8, '0') });
  } while (!(await shards.isDone()));
  await writeWholeFile(list, `${JSON.stringify({ format: LIST_FORMAT, vocabSize, files } satisfies ShardList, null, 2)}\n`);
  return files.reduce((sum, { tokens }) => sum + tokens, 0);
}

/** Cuts pieces into the contents of files of equal length. */
class Shards {
  readonly #pieces: AsyncGenerator<ArrayLike<number>>;
  readonly #tokensPerFile: number;
  /** Of the piece that was read last, what has no place yet. */
  #rest: Float64Array = new Float64Array();

  constructor(pieces: TokenPieces, tokensPerFile: number) {
    this.#pieces = (async function* () {
      yield* pieces;
    })();
    this.#tokensPerFile = tokensPerFile;
  }

  async isDone(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#pieces.next();
      if (next.done) return true;
      this.#rest = Float64Array.from(next.value); // ids are checked later, so nothing is rounded here
    }
    return false;
  }

  async *next(): AsyncGenerator<ArrayLike<number>> {
    for (let open = this.#tokensPerFile; open > 0 && !(await this.isDone()); ) {
      const part = this.#rest.subarray(0, open);
      this.#rest = this.#rest.subarray(open);
      open -= part.length;
      yield part;
    }
  }
}

/**
 * Opens a corpus of several files, listed by `writeTokenShards`, as one source.
 * @throws Error that names the list or the file and what is wrong: a file that is missing, of another length, vocabulary or checksum than
 * the list says
 */
export async function openTokenShards(list: string): Promise<TokenSource> {
  const text = await readFile(list, 'utf8').catch((error: unknown) => {
    throw new Error(`Cannot read ${list}: ${reasonOf(error)}.`, { cause: error });
  });
  const { vocabSize, files } = parseList(text, list);
  const sources = await Promise.all(
    files.map(async ({ name, tokens, checksum }) => {
      const path = join(dirname(list), name);
      const source = await openTokenFile(path, { vocabSize });
      const expected = `${tokens}-${checksum}`;
      if (source.fingerprint !== expected) throw new Error(`${path} is not the file that ${list} lists: its tokens and checksum are ${source.fingerprint}; expected ${expected}. Write the corpus again.`);
      return source;
    }),
  );
  return joinTokens(sources);
}

function parseList(text: string, path: string): ShardList {
  let list: Partial<Record<keyof ShardList, unknown>>;
  try {
    list = Object(JSON.parse(text)) as typeof list;
  } catch (cause) {
    throw new Error(`${path} is not valid JSON; expected a list of files of tokens, as writeTokenShards() writes it.`, { cause });
  }
  const { format, vocabSize, files } = list;
  if (format !== LIST_FORMAT) throw new Error(`${path}: its format is ${JSON.stringify(format ?? null)}; expected ${LIST_FORMAT}: a list of files of tokens, as writeTokenShards() writes it.`);
  if (!Number.isInteger(vocabSize) || !Array.isArray(files) || files.length === 0 || !files.every(isEntry)) throw new Error(`${path} is damaged: expected a vocabSize, and files with name, tokens and checksum. Write the corpus again.`);
  return { format, vocabSize: vocabSize as number, files };
}

/** A name leads to no other folder. */
function isEntry(value: unknown): value is ShardList['files'][number] {
  const { name, tokens, checksum } = Object(value) as Partial<Record<keyof ShardList['files'][number], unknown>>;
  return typeof name === 'string' && /^[^/\\]+\.bin$/.test(name) && Number.isSafeInteger(tokens) && typeof checksum === 'string' && /^[0-9a-f]{8}$/.test(checksum);
}
