import { library } from '@kk/tsup-config';

export default library({ index: 'src/index.ts', node: 'src/node.ts' });
