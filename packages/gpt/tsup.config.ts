import { library } from '@kk/tsup-config';

export default library({ index: 'src/index.ts', explain: 'src/explain.ts', node: 'src/node.ts' });
