// `kk corpus write`: writes any number of stories to train on, or examples for tuning.
import { storyEntropy, type Language } from '@kk/corpora';
import type { PreferenceRule } from '@kk/corpora/instructions';
import { writeWholeFile } from '@kk/whole-file';
import { Option } from 'commander';
import type { Context } from '../context.js';
import { isDrawn, isPreferred, isStyle, KINDS, PARTS, RULES, type Kind, type Part } from '../corpus/kinds.js';
import { piecesOf, type WantedCorpus } from '../corpus/pieces.js';
import { checkNewFile } from '../files/new-file.js';
import { outputPath, quotePath, shortPath, STANDARD_OUTPUT } from '../files/paths.js';
import { Verb } from '../grammar/verb.js';
import { systemLanguage } from '../options/language.js';
import { byteSize, integer } from '../options/parse.js';
import { storyLanguageOption } from '../options/story-language.js';
import { timeLeft } from '../terminal/long-work.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';

interface WriteOptions {
  lang?: Language;
  kind: Kind;
  bytes: number;
  count: number;
  part: Part;
  rule: PreferenceRule;
  seed: number;
  out?: string;
  force?: boolean;
  json?: boolean;
}

const LARGEST_BYTES = 200e6;
const LARGEST_SEED = 2 ** 32 - 1;
const MOST_EXAMPLES = 2 ** 20;

const numbers = numberFormats('en');

export function corpusCommand(context: Context): Verb {
  return new Verb('corpus').summary('write stories and examples to train on').description('Texts to learn from.').addCommand(writeCommand(context));
}

function writeCommand(context: Context): Verb {
  return new Verb('write')
    .summary('write stories and examples to train on')
    .description('Writes children’s stories that a grammar makes up, or examples for tuning about them, one a line: the same seed, the same text.')
    .addOption(storyLanguageOption())
    .addOption(new Option('--kind <kind>', 'stories; instructions with their answers, each alone, or several about one story (conversations); pairs of a good and a bad answer (preferences), or answers with thumbs up or down (ratings); sums and halves with their right answers (arithmetic); or twenty answers in a style').choices(KINDS).default('stories'))
    .addOption(new Option('--bytes <size>', 'how much of stories, for example 64kB or 2.5MB').argParser(byteSize(LARGEST_BYTES)).default(1e6, '1MB'))
    .addOption(new Option('--count <n>', 'how many instructions, conversations, preferences, ratings or exercises').argParser(integer(1, MOST_EXAMPLES)).default(2000))
    .addOption(new Option('--part <part>', 'examples to learn from, or to test with: other stories and numbers, and half of the wordings are new').choices(PARTS).default('training'))
    .addOption(new Option('--rule <rule>', 'what makes an answer of preferences and ratings good: it names a colour, lets somebody speak, names a child, tells of joy, or says in which order things happen').choices(RULES).default('joy'))
    .addOption(new Option('--seed <n>', 'other seeds, other stories').argParser(integer(0, LARGEST_SEED)).default(1))
    .option('--out <file>', 'file to write; - is standard output, the default')
    .option('--force', 'replace a file that is there')
    .option('--json', 'one JSON object about the file')
    .needs(['force', 'json'], 'out')
    .pointless<WriteOptions>(['force', 'json'], ({ out }) => (out === STANDARD_OUTPUT ? 'with --out -: it is about a file' : undefined))
    .pointless<WriteOptions>(['bytes'], ({ kind }) => (kind === 'stories' ? undefined : `with --kind ${kind}`))
    .pointless<WriteOptions>(['count', 'part'], ({ kind }) => (isDrawn(kind) ? undefined : `with --kind ${kind}`))
    .pointless<WriteOptions>(['rule'], ({ kind }) => (isPreferred(kind) ? undefined : `with --kind ${kind}`))
    .pointless<WriteOptions>(['seed'], ({ kind }) => (isStyle(kind) ? `with --kind ${kind}: its lines are always the same` : undefined))
    .flows({ writes: { stdout: 'stories or examples', out: 'stories or examples' } })
    .examples('kk corpus write --kind instructions --lang en --count 4000 --out questions.jsonl', 'kk corpus write --kind preferences --rule colour --lang en --out pairs.jsonl', 'kk corpus write --kind pirate --lang en --out pirate.jsonl', 'kk corpus write --lang en --bytes 1MB --out stories.txt', 'kk corpus write --lang de --bytes 2kB')
    .does((options: WriteOptions) => write(context, options));
}

async function write(context: Context, { lang, out, force, json, ...options }: WriteOptions): Promise<void> {
  const { io, terminal } = context;
  const { kind, seed } = options;
  const file = out === undefined || out === STANDARD_OUTPUT ? undefined : outputPath(io.cwd, out);
  if (file !== undefined) await checkNewFile(file, { shown: shortPath(io.cwd, file), force: force === true, reads: [] });
  const language = lang ?? systemLanguage(io.env);
  const wanted: WantedCorpus = { ...options, language };
  if (file === undefined) {
    const written = terminal.foreignText();
    for await (const { text } of piecesOf(context, wanted)) written.write(text);
    return;
  }
  const progress = new Progress(context.errors);
  const started = performance.now();
  let [size, characters, examples] = [0, 0, 0];
  const texts = async function* (): AsyncGenerator<string> {
    for await (const piece of piecesOf(context, wanted)) {
      size += piece.bytes;
      characters += piece.characters;
      examples += piece.examples;
      if (!json) progress.update(() => ` writing, ${numbers.percent(piece.share)}${timeLeft(piece.share, started)}`);
      yield piece.text;
    }
  };
  await writeWholeFile(file, texts()).finally(() => progress.done());
  const shown = shortPath(io.cwd, file);
  if (kind === 'stories') {
    if (json) return context.json({ language, bytes: size, characters, seed, entropyPerCharacter: storyEntropy(language).natsPerCharacter, out: file });
    terminal.paragraph(`${numbers.integer(characters)} characters (${numbers.bytes(size)}) in ${shown}`);
    return terminal.command(`${io.command} train ${quotePath(shown)}`, 0);
  }
  if (json) return context.json({ kind, language, examples, bytes: size, ...(isDrawn(kind) && { part: wanted.part, seed }), ...(isPreferred(kind) && { rule: wanted.rule }), out: file });
  terminal.paragraph(`${numbers.count(examples, 'example')} (${numbers.bytes(size)}) in ${shown}`);
  terminal.command(`${io.command} finetune ${kind === 'preferences' ? 'dpo' : kind === 'ratings' ? 'kto' : 'sft'} ${quotePath(shown)} --model DIR`, 0);
}
