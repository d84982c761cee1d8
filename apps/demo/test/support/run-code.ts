// Runs the code that a figure shows, as a reader would run it, and returns what it prints. The code is JavaScript with imports at its
// beginning; each import is taken from the packages of this repository.
import * as fsPromises from 'node:fs/promises';
import * as corpora from '@kk/corpora';
import * as arithmetic from '@kk/corpora/arithmetic';
import * as digits from '@kk/corpora/digits';
import * as instructions from '@kk/corpora/instructions';
import * as sentences from '@kk/corpora/sentences';
import * as stats from '@kk/corpora/stats';
import * as embeddings from '@kk/embeddings';
import * as finetune from '@kk/finetune';
import * as gpt from '@kk/gpt';
import * as gptData from '@kk/gpt/data';
import * as gptExplain from '@kk/gpt/explain';
import * as gptNode from '@kk/gpt/node';
import * as markov from '@kk/markov';
import * as nnCore from '@kk/nn-core';
import * as sampler from '@kk/sampler';
import * as tokenizer from '@kk/tokenizer';
import * as cl100k from '@kk/tokenizer/cl100k_base';
import * as gpt2 from '@kk/tokenizer/gpt2';
import * as tokenizerNode from '@kk/tokenizer/node';
import * as o200k from '@kk/tokenizer/o200k_base';

const packages: Record<string, object> = {
  'node:fs/promises': fsPromises,
  '@kk/corpora': corpora,
  '@kk/corpora/arithmetic': arithmetic,
  '@kk/corpora/digits': digits,
  '@kk/corpora/instructions': instructions,
  '@kk/corpora/sentences': sentences,
  '@kk/corpora/stats': stats,
  '@kk/embeddings': embeddings,
  '@kk/finetune': finetune,
  '@kk/gpt': gpt,
  '@kk/gpt/data': gptData,
  '@kk/gpt/explain': gptExplain,
  '@kk/gpt/node': gptNode,
  '@kk/markov': markov,
  '@kk/nn-core': nnCore,
  '@kk/sampler': sampler,
  '@kk/tokenizer': tokenizer,
  '@kk/tokenizer/cl100k_base': cl100k,
  '@kk/tokenizer/gpt2': gpt2,
  '@kk/tokenizer/node': tokenizerNode,
  '@kk/tokenizer/o200k_base': o200k,
};

/** @param globals  what the code finds besides the packages, for example a `fetch` that reads files */
export async function runCode(source: string, globals: Record<string, unknown> = {}): Promise<string> {
  const printed: string[] = [];
  const console = { log: (...values: unknown[]) => printed.push(values.map(String).join(' ')) };
  const body = source.replace(/^import (\{[^}]+\}) from '([^']+)';$/gm, (_, names: string, name: string) => {
    if (!packages[name]) throw new Error(`The code imports ${name}, which is not in test/support/run-code.ts.`);
    return `const ${names.replaceAll(' as ', ': ')} = packages['${name}'];`;
  });
  const AsyncFunction = Object.getPrototypeOf(runCode).constructor as FunctionConstructor;
  await new AsyncFunction('packages', 'console', ...Object.keys(globals), body)(packages, console, ...Object.values(globals));
  return printed.join('\n');
}
