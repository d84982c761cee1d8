import { library } from '@kk/tsup-config';

export default library({ index: 'src/index.ts', data: 'src/data.ts', download: 'src/download.ts', explain: 'src/explain.ts', node: 'src/node.ts', scaling: 'src/scaling.ts' });
