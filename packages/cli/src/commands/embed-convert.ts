// `kk embed convert`: writes word vectors in another format.
import { Option } from 'commander';
import type { Context } from '../context.js';
import { outputPath, shortPath } from '../files/paths.js';
import { checkVectorsOutput, keepsSubwords, openVectors, saveVectors, vectorsRead } from '../files/vectors.js';
import { Verb } from '../grammar/verb.js';
import { integer } from '../options/parse.js';
import { addVectors, type VectorsOptions } from '../options/vectors.js';
import { numberFormats } from '../terminal/numbers.js';
import { factTable } from '../terminal/table.js';

interface ConvertOptions extends VectorsOptions {
  out: string;
  digits?: number;
  force?: boolean;
  json?: boolean;
}

const numbers = numberFormats('en');

export function embedConvertCommand(context: Context): Verb {
  const verb = new Verb('convert').summary('write word vectors in another format').description('Writes word vectors in another format. The names say the formats.');
  return addVectors(verb)
    .option('--out <file>', '.safetensors, .txt or .vec, .bin, glove*.txt, or vectors.tsv with metadata.tsv; packed with .gz behind it')
    .addOption(new Option('--digits <n>', 'digits of each number in a text, behind the first (default: as many as give the same number again)').argParser(integer(0, 20)))
    .option('--force', 'replace a file that is there')
    .option('--json', 'one JSON object')
    .argumentFor('out')
    .requires(['out'])
    .pointless<ConvertOptions>(['digits'], ({ out }) => (/\.(safetensors|bin)(\.gz)?$/.test(out) ? `with ${out}: its numbers are no text` : undefined))
    .flows({ reads: { model: 'word vectors' }, writes: { out: 'the same word vectors' } })
    .notes('Only .safetensors keeps n-grams. Counts are kept by .safetensors and metadata.tsv.')
    .examples('kk embed convert glove.6B.100d.txt glove.safetensors --limit 100000', { command: 'kk embed convert model.safetensors vectors.tsv', about: 'For projector.tensorflow.org' })
    .does((options: ConvertOptions) => convert(context, options));
}

async function convert(context: Context, { out: to, digits, force = false, json, ...options }: ConvertOptions): Promise<void> {
  const { io, terminal } = context;
  const out = outputPath(io.cwd, to);
  const shown = shortPath(io.cwd, out);
  await checkVectorsOutput(context, out, { force, reads: vectorsRead(io.cwd, options) });
  const quiet = json === true;
  const vectors = await openVectors(context, options, { quiet });
  const bytes = await saveVectors(context, out, vectors, { digits, quiet });
  const { words, width, subwords } = vectors;
  const kept = subwords !== undefined && keepsSubwords(out);
  if (json) {
    context.json({ vocabSize: words.length, width, subwords: kept, bytes, out });
    return;
  }
  terminal.print(
    factTable(
      [
        ['Vectors', `${numbers.count(words.length, 'word')} of ${numbers.count(width, 'number')} each`],
        ...(subwords ? [['N-grams', kept ? numbers.integer(subwords.matrix.length / width) : 'left out: only .safetensors keeps them'] as const] : []),
        ['Saved as', `${shown} (${numbers.bytes(bytes)})`],
      ],
      terminal,
    ),
  );
}
