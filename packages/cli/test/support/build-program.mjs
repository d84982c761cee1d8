// Builds kk from its sources, with all packages of this repository in it: node build-program.mjs FOLDER
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const cli = fileURLToPath(new URL('../../', import.meta.url));
const outDir = argv[2];

/** Files whose exported objects the screens make smaller. */
const seams = { plan: 'src/demo/plan.ts', measurements: 'src/bench/measurements.ts' };

/** Less text and smaller models for the demo and the bench, whose screens look the same then. */
const SMALLER = `import { modelSize, storySize } from './plan.mjs';
import { standardWork } from './measurements.mjs';
Object.assign(storySize, { bytes: 150_000, unseenBytes: 10_000 });
Object.assign(modelSize, { layers: 1, width: 32 });
const small = { vocabSize: 65, contextLength: 16, layers: 1, heads: 2, width: 32, dropout: 0 };
Object.assign(standardWork, { sides: [64, 128, 256], model: small, batchSize: 2, largeModel: { ...small, width: 64 } });
`;

/** The folder of a package, from one of its files. */
function packageFolder(file, name) {
  let folder = dirname(file);
  while (!folder.endsWith(join('node_modules', name))) folder = dirname(folder);
  return folder;
}

const conditions = ['@kk/source', 'module', 'node', 'import', 'default'];
await build({
  configFile: false,
  root: cli,
  json: { stringify: true },
  logLevel: 'error',
  resolve: { conditions },
  ssr: { noExternal: [/^@kk\//, 'umap-js', '@keckelt/tsne'], resolve: { conditions } },
  build: { ssr: true, outDir, emptyOutDir: true, target: 'node20', rollupOptions: { input: { index: join(cli, 'src/index.ts'), ...Object.fromEntries(Object.entries(seams).map(([name, file]) => [name, join(cli, file)])) }, output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } } },
});
// The graphics package belongs to nn-core; from here it would not be found.
mkdirSync(join(outDir, 'node_modules'));
for (const name of ['webgpu', 'gpu.js']) {
  const fromCore = createRequire(join(cli, '../nn-core/package.json'));
  symlinkSync(packageFolder(fromCore.resolve(name), name), join(outDir, 'node_modules', name));
}
writeFileSync(join(outDir, 'kk.mjs'), `import { main } from './index.mjs';\n${SMALLER}await main(process);\n`);
symlinkSync('kk.mjs', join(outDir, 'kk'));
