// `kk tokenize`: shows the tokens of a text, or writes them to a file.
import { writeStories, type Language } from '@kk/corpora';
import type { EncodeOptions, Encoding, Tokenizer, TrainingProgress } from '@kk/tokenizer';
import { Option } from 'commander';
import type { Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { readData, STANDARD_INPUT } from '../files/data.js';
import { encodeInSteps } from '../files/encode.js';
import { countCharacters } from '../files/text-files.js';
import { writeTokens } from '../files/write-tokens.js';
import { askedInVain, describeTokenizer, learningInWords, makeTokenizer } from '../files/tokenizers.js';
import { Verb } from '../grammar/verb.js';
import { systemLanguage } from '../options/language.js';
import { DEFAULT_BPE, TOKENIZERS, tokenizerNames, tokenizerSpec, type TokenizerSpec } from '../options/tokenizer-spec.js';
import { storyLanguageOption } from '../options/story-language.js';
import { inSteps } from '../terminal/long-work.js';
import { numberFormats } from '../terminal/numbers.js';
import { isWholeText, piecesOf, tokenText } from '../terminal/pieces.js';
import { Progress } from '../terminal/progress.js';
import { padEnd, padStart } from '../terminal/text.js';
import { tokenRowPairs, visible } from '../terminal/token-rows.js';

interface TokenizeOptions {
  data?: string[];
  tokenizer: TokenizerSpec;
  lang?: Language;
  special?: boolean;
  offsets?: boolean;
  count?: boolean;
  out?: string;
  force?: boolean;
  json?: boolean;
}

// Enough text to train a thousand tokens, in about a second.
const STORY_BYTES = 300_000;
const STORY_SEED = 1;

/** Tokenizers that are trained on the stories, not on the text itself. */
const learned: ReadonlySet<TokenizerSpec['kind']> = new Set(['bpe', 'wordpiece', 'unigram']);

/** Tokenizers that are there already. */
const needsNoText: ReadonlySet<TokenizerSpec['kind']> = new Set(['ready-made', 'file']);

const LANGUAGES: Readonly<Record<Language, string>> = { de: 'German', en: 'English' };

const LINES_AT_ONCE = 100;

const numbers = numberFormats('en');

export function tokenizeCommand(context: Context): Verb {
  return new Verb('tokenize')
    .summary('show the tokens of a text')
    .description('Shows the tokens of a text and their ids.')
    .argument('[text]', 'the text; - is standard input (default: what is piped in)')
    .option('--data <file...>', 'text files instead, joined in this order; - is standard input')
    .addOption(new Option('--tokenizer <tokenizer>', TOKENIZERS).argParser(tokenizerSpec).default({ kind: 'bpe', vocabSize: DEFAULT_BPE }, `bpe:${DEFAULT_BPE}`))
    .addOption(storyLanguageOption('for bpe, wordpiece and unigram: the language of the stories that they are learned from'))
    .option('--special', 'let the text hold special tokens')
    .option('--offsets', 'a line for each token, with where it stands in the text')
    .option('--count', 'only how many tokens there are')
    .option('--out <file>', 'a file of tokens (.bin) instead, for kk train, with the tokenizer beside it')
    .option('--force', 'replace files that are there')
    .option('--json', 'one JSON object')
    .excludes(['offsets'], 'count')
    .excludes(['offsets', 'count', 'special', 'lang'], 'out')
    .needs(['force'], 'out')
    .pointless<TokenizeOptions>(['lang'], ({ tokenizer }) => (learned.has(tokenizer.kind) ? undefined : 'with this --tokenizer: it is not learned from stories'))
    .suggests('tokenizer', tokenizerNames)
    .flows({ reads: { text: 'a text', data: 'texts', stdin: 'a text', tokenizer: 'a tokenizer' }, writes: { out: 'a file of tokens, and its tokenizer', stdout: 'tokens and ids' } })
    .notes(
      "char and word take the text's own characters and words as their vocabulary; bpe, wordpiece and unigram are learned from the stories that come with kk, with --out from the texts themselves.",
      'Blanks are shown as ·, line breaks as ↵, bytes that are no whole character as <C3>.',
    )
    .examples('kk tokenize "Hello, how are you?"', 'kk tokenize "Hello, how are you?" --tokenizer cl100k_base --offsets', 'kk tokenize --data book.txt --tokenizer runs/book --json', 'kk tokenize --data a.txt b.txt --tokenizer gpt2 --out tokens.bin')
    .does((options: TokenizeOptions, { args: [text] }) => tokenize(context, text, options));
}

async function tokenize(context: Context, argument: string | undefined, options: TokenizeOptions): Promise<void> {
  const { terminal, errors, io } = context;
  const quiet = options.json === true;
  if (options.out !== undefined) {
    if (options.data === undefined || argument !== undefined) throw new UsageError('--out writes the tokens of files: give them with --data.', 'For example: kk tokenize --data book.txt --out book.bin');
    return writeTokens(context, { data: options.data, tokenizer: options.tokenizer, out: options.out, force: options.force === true, json: quiet });
  }
  if (argument !== undefined && options.data !== undefined) throw new UsageError('A text and --data cannot be given together.', 'Leave one of the two out.');
  // One that there is not is said before a text is asked for, or read.
  const ready = needsNoText.has(options.tokenizer.kind) ? await makeTokenizer(options.tokenizer, { alphabet: '', training: [] }, { cwd: io.cwd, signal: io.interrupt }) : undefined;
  const text = await textOf(context, argument, options.data, quiet);
  if (text === '') throw new Failure('The text is empty: there is nothing to tokenize.');
  const language = learned.has(options.tokenizer.kind) ? (options.lang ?? systemLanguage(io.env)) : undefined;
  const training = language === undefined ? text : writeStories(language, { bytes: STORY_BYTES, seed: STORY_SEED });
  const progress = new Progress(errors);
  const started = performance.now();
  const learning = (render: () => string): void => {
    if (!quiet && errors.interactive) progress.update(render);
  };
  const pieces = piecesOfText(training, (share) => learning(() => ` counting words, ${numbers.percent(share)}`));
  const onProgress = (state: TrainingProgress): void => learning(() => ` ${learningInWords(state, started)}`);
  const tokenizer = ready ?? (await makeTokenizer(options.tokenizer, { alphabet: text, training: pieces }, { cwd: io.cwd, signal: io.interrupt, onProgress }).finally(() => progress.done()));
  await context.breathe();
  if (options.special && tokenizer.specialTokens.size === 0) throw new UsageError('--special has no effect with this --tokenizer: it has no special tokens.', 'Leave --special out.');
  const requested = askedInVain(options.tokenizer, tokenizer);
  const shared = { kind: tokenizer.kind, vocabSize: tokenizer.vocabSize, ...(language === undefined ? {} : { language }), ...(requested === undefined ? {} : { requestedVocabSize: requested }) };
  const encoding: EncodeOptions = { allowedSpecial: options.special ? 'all' : undefined, truncation: false, padding: false };
  const characters = countCharacters(text);
  if (options.count) {
    const { length: tokens } = await inSteps(context, encodeInSteps(tokenizer, text, encoding), { what: 'counting', quiet });
    if (options.json) context.json({ tokens, characters, ...shared });
    else terminal.print(String(tokens));
    return;
  }
  if (options.offsets) {
    const details = await inSteps(context, tokenizer.encodeWithDetailsInSteps(text, encoding), { what: 'tokenizing', quiet });
    const { ids, tokens, offsets, wordIds, origins } = details;
    if (options.json) await context.longJson({ ids, tokens, offsets, words: wordIds, origins, ...shared, characters });
    else await showOffsets(context, tokenizer, details, text);
    return;
  }
  const ids = await inSteps(context, encodeInSteps(tokenizer, text, encoding), { what: 'tokenizing', quiet });
  if (options.json) {
    await context.longJson({ ids, tokens: ids.map((id) => tokenizer.idToToken(id)), ...shared, characters });
    return;
  }
  for (const rows of tokenRowPairs(piecesOf(tokenizer, ids), { columns: terminal.columns, colors: terminal.colors })) {
    terminal.print(rows);
    await context.breathe();
  }
  const ratio = numbers.decimal(characters / ids.length, 2);
  terminal.paragraph(`${numbers.count(ids.length, 'token')}, ${numbers.count(characters, 'character')}, ${ratio} characters per token; ${describeTokenizer(tokenizer)}${language === undefined ? '' : ` learned from ${LANGUAGES[language]} stories`}${requested === undefined ? '' : ` (asked for ${numbers.integer(requested)}; the text has no more)`}`, { style: terminal.colors.dim });
}

/**
 * Prints one line per token: its id, its range, and its text (for a part of a character, its bytes). Offsets are UTF-16 units, as in
 * JavaScript.
 */
async function showOffsets(context: Context, tokenizer: Tokenizer, { ids, tokens, offsets, origins }: Encoding, text: string): Promise<void> {
  const { terminal } = context;
  const idWidth = String(tokenizer.vocabSize).length;
  const placeWidth = `${text.length}-${text.length}`.length;
  for (const [i, id] of ids.entries()) {
    const [start, end] = offsets[i];
    const added = origins[i] === 'template';
    const place = padEnd(added ? '' : `${start}-${end}`, placeWidth);
    terminal.print(`${padStart(String(id), idWidth)}  ${terminal.colors.dim(place)}  ${visible(added ? tokens[i] : isWholeText(tokenizer, id) ? text.slice(start, end) : tokenText(tokenizer, id))}`);
    if (i % LINES_AT_ONCE === 0) await context.breathe();
  }
}

/** UTF-16 units of a text from which words are counted in one step. */
const COUNTED_AT_ONCE = 2 ** 18;

/** The text in pieces; tells after each but the last one how much of it was used. */
function* piecesOfText(text: string, onProgress: (share: number) => void): Generator<string, void, undefined> {
  for (let at = 0; at < text.length; at += COUNTED_AT_ONCE) {
    yield text.slice(at, at + COUNTED_AT_ONCE);
    if (at + COUNTED_AT_ONCE < text.length) onProgress((at + COUNTED_AT_ONCE) / text.length);
  }
}

async function textOf(context: Context, argument: string | undefined, data: readonly string[] | undefined, quiet: boolean): Promise<string> {
  if (data !== undefined) return (await readData(context, data, { quiet })).text;
  if (argument !== undefined && argument !== STANDARD_INPUT) return argument;
  if (argument === undefined && context.io.stdin.isTTY) throw new UsageError('kk tokenize needs a text or --data FILE...', 'For example: kk tokenize "Hello, how are you?"');
  return context.standardInput();
}
