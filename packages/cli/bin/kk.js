#!/usr/bin/env node
// The command itself: hands the process to run() and lets Node leave when everything is written. In a clone that is not built there is nothing to
// run yet; then it says what to do.
const entry = await import('../dist/index.js').catch((error) => {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !/^Cannot find \w+ '[^']*[\\/]dist[\\/]/.test(error.message)) throw error;
  process.stderr.write('kk: This clone is not built yet.\n    Run npm run demo in its folder once, which builds kk, or pnpm build.\n');
  process.exitCode = 1;
});

await entry?.main(process);
