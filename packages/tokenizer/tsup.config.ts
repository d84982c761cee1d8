import { library } from '@kk/tsup-config';
import { defineConfig } from 'tsup';

export default [
  library(
    {
      index: 'src/index.ts',
      node: 'src/node.ts',
      gpt2: 'src/vocabularies/gpt2.ts',
      cl100k_base: 'src/vocabularies/cl100k_base.ts',
      o200k_base: 'src/vocabularies/o200k_base.ts',
      openai: 'src/vocabularies/openai.ts',
    },
    // Both builds run at once: this one must not remove what the other has written.
    { external: [/^node:/, /^\.\/ranks\//], clean: ['!ranks/**'] },
  ),
  // Data, once for both module formats: CommonJS can import it, too, as it is loaded on first use.
  defineConfig({ entry: ['src/vocabularies/ranks/*.ts'], outDir: 'dist/ranks', format: 'esm', target: 'es2022' }),
];
