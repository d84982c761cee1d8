// The option `--method` of the verbs that answer analogies.
import { Option } from 'commander';

export type AnalogyMethod = 'add' | 'multiply';

export const analogyMethodOption = (): Option => new Option('--method <name>', 'add: the neighbours of the sum (3CosAdd); multiply: similarities are multiplied, so that none outweighs the others (3CosMul)').choices(['add', 'multiply']).default('add');
