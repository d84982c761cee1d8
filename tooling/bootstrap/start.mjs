// `npm start`: from a fresh clone to the course in a browser, with nothing but Node and npm.
// Arguments after `--` go to the server: npm start -- --lang de --open
import { requireSupportedNode } from './src/node-version.mjs';

requireSupportedNode();
import('./src/run-start.mjs').then(({ runStart }) => runStart(process.argv.slice(2)));
