import { library } from '@kk/tsup-config';

export default library({
  index: 'src/index.ts',
  node: 'src/node.ts',
  gpt2: 'src/vocabularies/gpt2.ts',
  cl100k_base: 'src/vocabularies/cl100k_base.ts',
  o200k_base: 'src/vocabularies/o200k_base.ts',
});
