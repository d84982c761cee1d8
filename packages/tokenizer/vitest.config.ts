import { unitTests } from '@kk/vitest-config';

// The files share what they load, else two thirds of a minute go into loading the sources again for each: no test changes anything global.
export default unitTests('tokenizer', { isolate: false });
