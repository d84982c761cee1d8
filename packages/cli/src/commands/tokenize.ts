// `kk tokenize`: shows what a text looks like to a model.
import { languages, writeStories, type Language } from '@kk/corpora';
import { Command, Option } from 'commander';
import { type Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { readData } from '../files/data.js';
import { decodeUtf8, readInput } from '../files/input.js';
import { describeTokenizer, makeTokenizer } from '../files/tokenizers.js';
import { systemLanguage } from '../options/language.js';
import { DEFAULT_BPE, tokenizerSpec, type TokenizerSpec } from '../options/tokenizer-spec.js';
import { numberFormats } from '../terminal/numbers.js';
import { piecesOf } from '../terminal/pieces.js';
import { tokenRowPairs } from '../terminal/token-rows.js';

interface TokenizeOptions {
  file?: string;
  tokenizer: TokenizerSpec;
  lang?: Language;
  json?: boolean;
}

// Enough text to learn a thousand tokens from, in about a second.
const STORY_BYTES = 300_000;
const STORY_SEED = 1;

const numbers = numberFormats('en');

export function tokenizeCommand(context: Context): Command {
  return new Command('tokenize')
    .summary('show the tokens of a text')
    .description('Shows the tokens of a text and their ids.')
    .argument('[text]', 'the text (default: standard input)')
    .option('--file <file>', 'a text file instead')
    .addOption(new Option('--tokenizer <kind>', "a tokenizer.json, a model's folder, char, word[:N] or bpe[:N]").argParser(tokenizerSpec).default({ kind: 'bpe', vocabSize: DEFAULT_BPE }, `bpe:${DEFAULT_BPE}`))
    .addOption(new Option('--lang <lang>', 'for bpe: the language of the stories it is learned from').choices(languages))
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      `
char and word take the text's own characters and words as their vocabulary;
bpe is learned from the stories that come with kk.
Blanks are shown as ·, line breaks as ↵, bytes that are no whole character as �.

Examples:
  kk tokenize "Hello, how are you?"
  kk tokenize --file book.txt --tokenizer runs/book --json`,
    )
    .action((text: string | undefined, options: TokenizeOptions) => tokenize(context, text, options));
}

async function tokenize(context: Context, argument: string | undefined, options: TokenizeOptions): Promise<void> {
  const { terminal, io } = context;
  const text = await textOf(context, argument, options.file);
  if (text === '') throw new Failure('The text is empty: there is nothing to tokenize.');
  const language = options.lang ?? systemLanguage(io.env);
  const training = options.tokenizer.kind === 'bpe' ? writeStories(language, { bytes: STORY_BYTES, seed: STORY_SEED }) : text;
  const tokenizer = await makeTokenizer(options.tokenizer, { all: text, training }, { cwd: io.cwd });
  const ids = tokenizer.encode(text);
  const characters = [...text].length;
  if (options.json) {
    context.json({ ids, tokens: ids.map((id) => tokenizer.idToToken(id)), kind: tokenizer.kind, vocabSize: tokenizer.vocabSize, characters });
    return;
  }
  for (const rows of tokenRowPairs(piecesOf(tokenizer, ids), { columns: terminal.columns, colors: terminal.colors })) {
    terminal.print(rows);
    await context.breathe();
  }
  const ratio = numbers.decimal(characters / ids.length, 2);
  terminal.print(terminal.colors.dim(`${numbers.count(ids.length, 'token')}, ${numbers.count(characters, 'character')}, ${ratio} characters per token; ${describeTokenizer(tokenizer)}`));
}

async function textOf(context: Context, argument: string | undefined, file: string | undefined): Promise<string> {
  if (argument !== undefined && file !== undefined) throw new UsageError('Give either a text or --file, not both.', 'See kk tokenize --help');
  if (argument !== undefined) return argument;
  if (file !== undefined) return (await readData(context, [file])).text;
  if (context.io.stdin.isTTY) throw new UsageError('kk tokenize needs a text or --file FILE.', 'For example: kk tokenize "Hello, how are you?"');
  return decodeUtf8(await readInput(context.io.stdin, context.io.interrupt), 'Standard input');
}
