// `npm test`: everything that a change has to pass, with nothing but Node and npm.
// Arguments after `--` go to vitest: npm test -- packages/sampler
import { requireSupportedNode } from './src/node-version.mjs';

requireSupportedNode();
import('./src/run-tests.mjs').then(({ runTests }) => runTests(process.argv.slice(2)));
