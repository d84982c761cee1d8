// `npm test`: everything that a change has to pass, with nothing but Node and npm.
// Whatever stands after `--` goes to vitest: npm test -- packages/sampler
// This file only checks Node, in syntax that old versions can read; the work is in src/run-tests.mjs.
import { requireSupportedNode } from './src/node-version.mjs';

requireSupportedNode();
import('./src/run-tests.mjs').then(({ runTests }) => runTests(process.argv.slice(2)));
