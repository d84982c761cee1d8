// `kk tokenizer train`: trains a tokenizer on text and writes it to a file. The other verbs are in files of their own.
import { saveTokenizer } from '@kk/tokenizer/node';
import { InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { TextFiles } from '../files/text-files.js';
import { encodeChunks } from '../files/encode.js';
import { outputPath, quotePath, shortPath } from '../files/paths.js';
import { checkFormatHolds, checkTokenizerOutput, FORMATS } from '../files/tokenizer-files.js';
import { describeTokenizer, learningInWords, makeTokenizer } from '../files/tokenizers.js';
import { Verb } from '../grammar/verb.js';
import { DEFAULT_BPE, DEFAULT_WORDS, LEAST, vocabularySize, type TokenizerSpec } from '../options/tokenizer-spec.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import { factTable } from '../terminal/table.js';
import { convertCommand } from './tokenizer-convert.js';
import { inspectCommand } from './tokenizer-inspect.js';

interface TrainTokenizerOptions {
  data: string[];
  type: 'char' | 'word' | 'bpe' | 'wordpiece' | 'unigram';
  vocab?: number;
  out: string;
  force?: boolean;
  json?: boolean;
}

const numbers = numberFormats('en');

export function tokenizerCommand(context: Context): Verb {
  const verb = new Verb('tokenizer').summary('train, inspect and convert tokenizers').description('Tokenizers: how text becomes numbers.');
  for (const create of [trainTokenizerCommand, inspectCommand, convertCommand]) verb.addCommand(create(context));
  return verb;
}

function trainTokenizerCommand(context: Context): Verb {
  return new Verb('train')
    .summary('learn a tokenizer from text files')
    .description('Learns a tokenizer from text files and writes it to a file, in the format that its name says.')
    .option('--data <file...>', 'text files; - is standard input')
    .addOption(new Option('--type <type>', 'one token per character, per word, byte-pair encoding, WordPiece (BERT) or Unigram (SentencePiece)').choices(['char', 'word', 'bpe', 'wordpiece', 'unigram']).default('bpe'))
    .addOption(new Option('--vocab <n>', `tokens wanted (default: ${DEFAULT_WORDS} for word, ${DEFAULT_BPE} for the others)`).argParser((text) => vocabularySize(text, 1)))
    .option('--out <file>', FORMATS)
    .option('--force', 'replace a file that is there')
    .option('--json', 'one JSON object')
    .argumentFor('data', 'file')
    .requires(['data'])
    .requires(['out'])
    .excludes(['vocab'], 'type', 'char')
    .flows({ reads: { data: 'texts' }, writes: { out: 'a tokenizer', stdout: 'what was learned' } })
    .examples('kk tokenizer train book.txt --type bpe --vocab 1000 --out book.tokenizer.json', 'kk tokenizer train book.txt --type unigram --vocab 2000 --out book.model')
    .does((options: TrainTokenizerOptions) => trainTokenizer(context, options));
}

async function trainTokenizer(context: Context, options: TrainTokenizerOptions): Promise<void> {
  const { io, terminal } = context;
  const spec = specOf(options);
  const out = outputPath(io.cwd, options.out);
  const text = new TextFiles(context, options.data);
  await checkTokenizerOutput(out, io.cwd, { force: options.force === true, reads: text.paths });
  checkFormatHolds(options.out, options.type);
  const progress = new Progress(context.errors);
  const show = (render: () => string): void => {
    if (context.errors.interactive && !options.json) progress.update(render);
  };
  const doing = (what: string) => (share: number): void => show(() => ` ${what}, ${numbers.percent(share)}`);
  const { characters, alphabet } = await text.measure(doing('reading'));
  const started = performance.now();
  const tokenizer = await makeTokenizer(
    spec,
    { alphabet, training: text.chunksWithProgress(doing('counting words')) },
    { cwd: io.cwd, signal: io.interrupt, onProgress: (state) => show(() => ` ${learningInWords(state, started)}`) },
  );
  const seconds = (performance.now() - started) / 1000;
  context.throwIfInterrupted();
  const file = await saveTokenizer(tokenizer, out);
  const tokens = (await encodeChunks(tokenizer, text.chunksWithProgress(doing('counting tokens')))).ids.length;
  progress.done();
  const shown = shortPath(io.cwd, file);
  const requested = 'vocabSize' in spec ? spec.vocabSize : undefined;
  if (options.json) {
    context.json({ kind: tokenizer.kind, vocabSize: tokenizer.vocabSize, requestedVocabSize: requested ?? null, tokens, characters, charactersPerToken: characters / tokens, seconds, out: file });
    return;
  }
  terminal.print(
    factTable(
      [
        ['Tokenizer', describeTokenizer(tokenizer)],
        ...(requested !== undefined && tokenizer.vocabSize < requested ? [['Asked for', `${numbers.integer(requested)} tokens; the text has no more`] as const] : []),
        ['Text', `${numbers.integer(characters)} characters are ${numbers.integer(tokens)} tokens, ${numbers.decimal(characters / tokens, 2)} characters each`],
        ['Time', `${numbers.decimal(seconds, 1)} s`],
        ['Saved as', shown],
      ],
      terminal,
    ),
  );
  terminal.print('\n See what it does:');
  terminal.command(`${io.command} tokenize "Hello, how are you?" --tokenizer ${quotePath(shown)}`);
}

function specOf({ type, vocab }: TrainTokenizerOptions): TokenizerSpec {
  if (type === 'char') return { kind: 'char' };
  if (type === 'word') return { kind: 'word', vocabSize: checked(vocab ?? DEFAULT_WORDS, 2) };
  return { kind: type, vocabSize: checked(vocab ?? DEFAULT_BPE, LEAST[type]) };
}

/** Checks the vocabulary size against the minimum, which depends on the type. */
function checked(vocab: number, minimum: number): number {
  try {
    return vocabularySize(String(vocab), minimum);
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw new UsageError(`option '--vocab <n>' argument '${vocab}' is invalid. ${error.message}`);
    throw error;
  }
}

