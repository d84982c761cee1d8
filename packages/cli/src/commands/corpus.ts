// `kk corpus write`: writes any number of stories to train on.
import { stories, storyEntropy, storySeparator, type Language } from '@kk/corpora';
import { writeWholeFile } from '@kk/whole-file';
import { Option } from 'commander';
import { type Context } from '../context.js';
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
  bytes: number;
  seed: number;
  out?: string;
  force?: boolean;
  json?: boolean;
}

const LARGEST_BYTES = 200e6;
const LARGEST_SEED = 2 ** 32 - 1;

const numbers = numberFormats('en');

export function corpusCommand(context: Context): Verb {
  return new Verb('corpus').summary('write stories to train on').description('Texts to learn from.').addCommand(writeCommand(context));
}

function writeCommand(context: Context): Verb {
  return new Verb('write')
    .summary('write stories to train on')
    .description('Writes children’s stories that a grammar makes up: the same seed, the same stories.')
    .addOption(storyLanguageOption())
    .addOption(new Option('--bytes <size>', 'how much, for example 64kB or 2.5MB').argParser(byteSize(LARGEST_BYTES)).default(1e6, '1MB'))
    .addOption(new Option('--seed <n>', 'other seeds, other stories').argParser(integer(0, LARGEST_SEED)).default(1))
    .option('--out <file>', 'file to write; - is standard output, the default')
    .option('--force', 'replace a file that is there')
    .option('--json', 'one JSON object about the file')
    .needs(['force', 'json'], 'out')
    .pointless<WriteOptions>(['force', 'json'], ({ out }) => (out === STANDARD_OUTPUT ? 'with --out -: it is about a file' : undefined))
    .flows({ writes: { stdout: 'the stories', out: 'the stories' } })
    .examples('kk corpus write --lang en --bytes 1MB --out stories.txt', 'kk corpus write --lang de --bytes 2kB')
    .does((options: WriteOptions) => write(context, options));
}

async function write(context: Context, { lang, bytes, seed, out, force, json }: WriteOptions): Promise<void> {
  const { io, terminal } = context;
  const file = out === undefined || out === STANDARD_OUTPUT ? undefined : outputPath(io.cwd, out);
  if (file !== undefined) await checkNewFile(file, { shown: shortPath(io.cwd, file), force: force === true, reads: [] });
  const language = lang ?? systemLanguage(io.env);
  if (file === undefined) {
    const written = terminal.foreignText();
    for await (const piece of storyPieces(context, language, { bytes, seed })) written.write(piece.text);
    return;
  }
  const progress = new Progress(context.errors);
  const started = performance.now();
  let [size, characters] = [0, 0];
  const show = (): void => {
    if (json) return;
    const share = Math.min(1, size / bytes);
    progress.update(() => ` writing, ${numbers.percent(share)}${timeLeft(share, started)}`);
  };
  const texts = async function* (): AsyncGenerator<string> {
    for await (const piece of storyPieces(context, language, { bytes, seed })) {
      size += piece.bytes;
      characters += piece.characters;
      show();
      yield piece.text;
    }
  };
  await writeWholeFile(file, texts()).finally(() => progress.done());
  const shown = shortPath(io.cwd, file);
  if (json) {
    context.json({ language, bytes: size, characters, seed, entropyPerCharacter: storyEntropy(language).natsPerCharacter, out: file });
    return;
  }
  terminal.paragraph(`${numbers.integer(characters)} characters (${numbers.bytes(size)}) in ${shown}`);
  terminal.command(`${io.command} train ${quotePath(shown)}`, 0);
}

/** Characters of a piece: some milliseconds of work. */
const PIECE = 2 ** 16;

/**
 * The same text as that of `writeStories`, in pieces, since all of it may be too long for a string.
 * @throws the signal's reason when stopped
 */
async function* storyPieces(context: Context, language: Language, { bytes: most, seed }: { bytes: number; seed: number }): AsyncGenerator<{ text: string; bytes: number; characters: number }, void, undefined> {
  const source = stories(language, { seed });
  for (let written = 0; written < most; ) {
    let text = '';
    const before = written;
    while (written < most && text.length < PIECE) {
      const story = source.next().value + storySeparator;
      text += story;
      written += Buffer.byteLength(story);
    }
    await context.breathe();
    yield { text, bytes: written - before, characters: [...text].length };
  }
}
