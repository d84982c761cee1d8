import { library } from '@kk/tsup-config';

export default library({ index: 'src/index.ts', node: 'src/node.ts', stats: 'src/stats/index.ts', digits: 'src/digits/index.ts', sentences: 'src/sentences/index.ts', instructions: 'src/instructions/index.ts', arithmetic: 'src/arithmetic/index.ts' });
