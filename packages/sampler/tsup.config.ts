import { library } from '@kk/tsup-config';

export default library({ index: 'src/index.ts', stages: 'src/stages/index.ts', grammar: 'src/grammar/index.ts' });
