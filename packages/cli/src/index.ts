// The kk command as a library: run() for programs and tests, main() for bin/kk.js.
export { run } from './run.js';
export { main, type ProcessLike } from './process-io.js';
export { type Input, type IO, type Output } from './io.js';
