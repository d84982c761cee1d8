import { run } from '@kk/cli';

let output = '';
const exitCode = await run(['tokenize', 'banana', '--tokenizer', 'char', '--json'], {
  stdout: { write: (text) => (output += text) },
});
console.log(exitCode, JSON.parse(output).ids);
