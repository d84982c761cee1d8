// Byte ceilings: what a bundler puts into a page for each package alone, minified and gzipped, without other @kk packages.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** kB (1000 bytes) that each package's README promises not to exceed. Raise one only with a reason beside it. */
const ceilings = {
  // Every algorithm, format and trainer at once, each in steps that can be stopped, encoding with details too. Which tokens of a conversation are learned took two, that no message fakes one and no template
  // goes on for ever took one, functions over any tokenizer half of one, following what the caller gave through a template another one, added tokens and named templates of tokenizer_config.json one, sums of scores that go on from part to part half of one, what it says of misspelt options one. Reading the patterns of real files, in two
  // dialects and with a matcher that counts its steps, took eight: loaders are synchronous, so that none of it can be loaded later. What one vocabulary takes is below.
  tokenizer: 66,
  sampler: 17.5, // every processor, preset and way of decoding at once, of which biases of sequences, lengths and ends took one, what it says of arguments of a wrong kind 1.2; what a bundler keeps of them is below
  markov: 28.5, // every estimator, file format and the index of the sources at once; work in steps that can be stopped took 2 kB of them, how texts begin and places in steps one, states, mixtures and whole sentences one, the names of options half, what it says of arguments of a wrong kind the last half
  'nn-core': 95, // a good 40 % of them are two WebAssembly binaries, compressed as one; finding and calling a BLAS took two, as worker threads have their own copy, and saying which one it is, how to get one, and what is wrong with one or with koffi took one; prefixes, added masks and ALiBi in attention took two, a cache whose sequences have lengths of their own one, products of two rows at a time half of one, and of four and more in registers the other half
  embeddings: 34, // training, questions, formats and pictures at once, a sixth is the kernel that trains; what a bundler keeps of them is below
  attention: 9, // inspection of heads, interventions and analyses are half of the first four, rotary positions and the cache of several sequences took one each, names and values of options that are refused with advice two; what a bundler keeps of them is below
  gpt: 23, // Llama-shaped models and their folders took four of them, training from files of tokens one, decoding in batches two, checkpoints of what is trained on a base one
  finetune: 43, // preferences took eleven of them: their data, five losses and three trainings; reinforcement nine: losses, rollouts, two trainings and baselines; adapters and their files are a quarter, evaluation a sixth; votes and agreement three
  corpora: 50, // most of it is the vocabulary of two languages
};

describe.each(Object.entries(ceilings))('@kk/%s', (name, ceiling) => {
  const packageFolder = fileURLToPath(new URL(`../../../packages/${name}/`, import.meta.url));

  it(`stays below ${ceiling} kB`, async () => {
    const { outputFiles } = await build({
      entryPoints: [`${packageFolder}src/index.ts`],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      platform: 'browser', // an import of a Node module would fail here
      external: ['@kk/*', 'gpu.js', 'pbf', '@huggingface/jinja', 'umap-js', '@keckelt/tsne'], // loaded by those who use them, as chunks of their own
    });
    const kilobytes = gzipSync(outputFiles[0]!.contents).length / 1000;
    expect(kilobytes).toBeLessThan(ceiling);
    expect(kilobytes, 'a ceiling that is far too high checks nothing').toBeGreaterThan(ceiling / 2);
  });

  it('says so in its README', () => {
    expect(readFileSync(`${packageFolder}README.md`, 'utf8')).toContain(`Below ${ceiling} kB minified and gzipped`);
  });
});

describe('@kk/cli', () => {
  it('stays below 145 kB, without the packages and libraries that it installs', async () => {
    const source = (path: string): string => fileURLToPath(new URL(`../../../packages/${path}`, import.meta.url));
    // options and whole-file are bundled in.
    const { outputFiles } = await build({ entryPoints: [source('cli/src/index.ts')], bundle: true, minify: true, write: false, format: 'esm', platform: 'node', packages: 'external', alias: { '@kk/options': source('options/src/index.ts'), '@kk/whole-file': source('whole-file/src/index.ts') } });
    const kilobytes = gzipSync(outputFiles[0]!.contents).length / 1000;
    expect(kilobytes).toBeLessThan(145); // a tenth is the page of a map and its pictures, as much the text of the demo in two languages; what kk embed says when it has no answer or is stopped took 2.4; downloads and training on many corpora and the page of a run came then, and last what a resumed run remembers and refuses; tuning, conversations and the comparison of two models took 21; tuning on what people prefer, a reward model among it, took 9; tuning by rewards 4; what --resume compares, and what --force removes, 1
    expect(kilobytes, 'a ceiling that is far too high checks nothing').toBeGreaterThan(40);
  });

  it('says so in its README', () => {
    expect(readFileSync(fileURLToPath(new URL('../../../packages/cli/README.md', import.meta.url)), 'utf8')).toContain('below 145 kB minified and gzipped');
  });
});

describe('@kk/nn-core/gpu', () => {
  it('adds less than 23 kB, without gpu.js', async () => {
    const bundled = async (contents: string): Promise<number> => {
      const resolveDir = fileURLToPath(new URL('../../../packages/nn-core/src/', import.meta.url));
      const { outputFiles } = await build({ stdin: { contents, resolveDir, loader: 'ts' }, bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', external: ['gpu.js'] });
      return gzipSync(outputFiles[0]!.contents).length / 1000;
    };
    const alone = await bundled("export * from './index.ts';");
    const added = (await bundled("export * from './index.ts'; export * from './gpu.ts';")) - alone;
    expect(added).toBeLessThan(23);
    expect(added, 'a ceiling that is far too high checks nothing').toBeGreaterThan(10);
  });

  it('says so in its README', () => {
    expect(readFileSync(fileURLToPath(new URL('../../../packages/nn-core/README.md', import.meta.url)), 'utf8')).toContain('`@kk/nn-core/gpu` adds\nbelow 23 kB');
  });
});

describe('@kk/sampler in parts', () => {
  it.each([
    ['one function', "export { topK } from './index.ts';", 3.4], // what it says of misspelt options is 0.8, of a wrong history, source of chance or result 0.2
    ['a sampler of three stages', "export { Sampler } from './index.ts'; export { temperature, topK, topP } from './stages/index.ts';", 6.3], // the ends of a text, its reset and least numbers of tokens took 0.4, what it says of misspelt options 0.8, of wrong stages and histories 0.2
    ['grammars and constraints', "export * from './grammar/index.ts';", 26], // what it says of misspelt options took half, of arguments of a wrong kind 0.2, where in a schema no value is valid one; JSON Schema is two thirds; keywords beside each other, patterns of names, multiples and the grammars of the formats took four
    ['generate, with every option', "export { generate } from './index.ts';", 10.5], // five processors more, and the ends of a text, took 1.8, what stages say of misspelt options half, of wrong models, prompts and callbacks 0.3
  ])('%s stays below its share', async (_, contents, ceiling) => {
    const resolveDir = fileURLToPath(new URL('../../../packages/sampler/src/', import.meta.url));
    const { outputFiles } = await build({ stdin: { contents, resolveDir, loader: 'ts' }, bundle: true, minify: true, write: false, format: 'esm', platform: 'browser' });
    const kilobytes = gzipSync(outputFiles[0]!.contents).length / 1000;
    expect(kilobytes).toBeLessThan(ceiling);
    expect(kilobytes, 'a ceiling that is far too high checks nothing').toBeGreaterThan(ceiling / 2);
  });
});

describe('@kk/embeddings in parts', () => {
  it.each([
    ['embeddings of tokens and positions', "export { OutputEmbedding, PositionEmbedding, TokenEmbedding } from './index.ts';", 0.8],
    ['neighbours and analogies', "export { analogy, WordSpace, WordVectors } from './index.ts';", 5],
    ['one format', "export { readGlove } from './index.ts';", 4.5],
  ])('%s stay below their share', async (_, contents, ceiling) => {
    const resolveDir = fileURLToPath(new URL('../../../packages/embeddings/src/', import.meta.url));
    const { outputFiles } = await build({ stdin: { contents, resolveDir, loader: 'ts' }, bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', external: ['@kk/*', 'umap-js', '@keckelt/tsne'] });
    const kilobytes = gzipSync(outputFiles[0]!.contents).length / 1000;
    expect(kilobytes).toBeLessThan(ceiling);
    expect(kilobytes, 'a ceiling that is far too high checks nothing').toBeGreaterThan(ceiling / 2);
  });
});

describe('@kk/attention in parts', () => {
  it.each([
    ['the layer that a GPT needs', "export { CausalSelfAttention } from './index.ts';", 0.8],
    ['one analysis', "export { attentionEntropy } from './index.ts';", 0.9],
  ])('%s stays below its share', async (_, contents, ceiling) => {
    const resolveDir = fileURLToPath(new URL('../../../packages/attention/src/', import.meta.url));
    const { outputFiles } = await build({ stdin: { contents, resolveDir, loader: 'ts' }, bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', external: ['@kk/*'] });
    const kilobytes = gzipSync(outputFiles[0]!.contents).length / 1000;
    expect(kilobytes).toBeLessThan(ceiling);
    expect(kilobytes, 'a ceiling that is far too high checks nothing').toBeGreaterThan(ceiling / 2);
  });
});

describe.each([
  ['data', 6],
  ['explain', 5],
  ['download', 7],
  ['scaling', 2],
])('@kk/gpt/%s', (entry, ceiling) => {
  it(`adds below ${ceiling} kB`, async () => {
    const bundled = async (contents: string): Promise<number> => {
      const resolveDir = fileURLToPath(new URL('../../../packages/gpt/src/', import.meta.url));
      const { outputFiles } = await build({ stdin: { contents, resolveDir, loader: 'ts' }, bundle: true, minify: true, write: false, format: 'esm', platform: 'browser', external: ['@kk/*'] });
      return gzipSync(outputFiles[0]!.contents).length / 1000;
    };
    const added = (await bundled(`export * from './index.ts'; export * from './${entry}.ts';`)) - (await bundled("export * from './index.ts';"));
    expect(added).toBeLessThan(ceiling);
    expect(added, 'a ceiling that is far too high checks nothing').toBeGreaterThan(ceiling / 2);
  });

  it('says so in its README', () => {
    expect(readFileSync(fileURLToPath(new URL('../../../packages/gpt/README.md', import.meta.url)), 'utf8')).toContain(`\`@kk/gpt/${entry}\`, below ${ceiling} kB`);
  });
});

describe('@kk/corpora/stats', () => {
  const stats = fileURLToPath(new URL('../../../packages/corpora/src/stats/index.ts', import.meta.url));
  const bundled = async (contents: string) => {
    const { outputFiles, metafile } = await build({ stdin: { contents, resolveDir: '.' }, bundle: true, minify: true, write: false, metafile: true, format: 'esm', platform: 'browser', conditions: ['@kk/source'] });
    const { inputs, exports } = Object.values(metafile.outputs)[0]!;
    const kept = Object.entries(inputs).filter(([path, { bytesInOutput }]) => path.includes('packages/markov') && bytesInOutput > 0);
    return { exports, kilobytes: gzipSync(outputFiles[0]!.contents).length / 1000, kept: kept.map(([path]) => path.replace(/^.*packages\/markov\/src\//, '')).sort() };
  };

  it('stays below 21 kB with the suffix array of @kk/markov, and below 24.5 with what the figures are called and mean, in two languages', async () => {
    const all = await bundled(`export * from ${JSON.stringify(stats)};`);
    expect(all.kilobytes).toBeLessThan(24.5); // names and meanings of all figures in both languages take three and a half
    // Who only measures does not load the descriptions.
    const { kilobytes, kept } = await bundled(`export { ${all.exports.filter((name) => name !== 'statistics').join(', ')} } from ${JSON.stringify(stats)};`);
    expect(kilobytes).toBeLessThan(21); // what it says of misspelt options took the last half
    expect(kilobytes, 'a ceiling that is far too high checks nothing').toBeGreaterThan(10);
    expect(kept).toEqual(['ids.ts', 'provenance/suffix-array.ts', 'steps.ts']);
  });

  it('says so in its README', () => {
    expect(readFileSync(fileURLToPath(new URL('../../../packages/corpora/README.md', import.meta.url)), 'utf8')).toMatch(/`@kk\/corpora\/stats`, below 21 kB.*, and with `statistics` below 24\.5/);
  });
});

describe.each([
  ['digits', 10, 'without'], // what it says of misspelt options took the last half
  ['sentences', 14, 'without'],
  ['arithmetic', 5, 'without'],
  ['instructions', 68, 'with'], // the stories are 46 of them, the wordings 8: small talk has twenty of each
] as const)('@kk/corpora/%s', (name, ceiling, stories) => {
  it(`stays below ${ceiling} kB, ${stories} the stories`, async () => {
    const entry = fileURLToPath(new URL(`../../../packages/corpora/src/${name}/index.ts`, import.meta.url));
    const { outputFiles, metafile } = await build({ entryPoints: [entry], bundle: true, minify: true, write: false, metafile: true, format: 'esm', platform: 'browser', conditions: ['@kk/source'] });
    const kilobytes = gzipSync(outputFiles[0]!.contents).length / 1000;
    expect(kilobytes).toBeLessThan(ceiling);
    expect(kilobytes, 'a ceiling that is far too high checks nothing').toBeGreaterThan(ceiling / 2);
    expect(Object.keys(metafile.inputs).some((path) => /corpora\/src\/(german|english|grammar)\//.test(path))).toBe(stories === 'with');
  });

  it('says so in its README', () => {
    expect(readFileSync(fileURLToPath(new URL('../../../packages/corpora/README.md', import.meta.url)), 'utf8')).toMatch(new RegExp(`\`@kk/corpora/${name}\` (takes )?below ${ceiling} kB`));
  });
});

describe('@kk/tokenizer/cl100k_base', () => {
  it('stays below 17.5 kB without the vocabulary, which is a chunk of its own', async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('../../../packages/tokenizer/src/vocabularies/cl100k_base.ts', import.meta.url))],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      external: ['./ranks/*'],
    });
    const kilobytes = gzipSync(outputFiles[0]!.contents).length / 1000;
    expect(kilobytes).toBeLessThan(17.5); // cutting texts of any length, with details too, took one, unpacking the ranks half of one, what it says of misspelt options the last one
    expect(kilobytes, 'a ceiling that is far too high checks nothing').toBeGreaterThan(10);
  });
});
