// The code behind this chapter's figures, with the settings that are shown, and what it prints. A test runs it.
import { modelFolder } from '../../figures/model-folder.js';

export interface Code {
  source: string;
  prints: string;
}

/**
 * Reads a model's folder and cuts a text into ids; the code of a figure goes on from `model`, `tokenizer` and `ids`.
 * @param imports  what it takes from the packages, besides what it needs for this
 */
export function opening({ model, text }: { model: string; text: string }, imports: readonly string[]): string[] {
  return [
    ...[...imports, `import { loadModel } from '@kk/gpt/node';`, `import { init } from '@kk/nn-core';`, `import { loadTokenizer } from '@kk/tokenizer/node';`].sort((a, b) => (a.slice(a.indexOf("'")) < b.slice(b.indexOf("'")) ? -1 : 1)),
    ``,
    `const folder = '${modelFolder(model)}';`,
    `const tokenizer = await loadTokenizer(folder);`,
    `const model = await loadModel(await init('wasm'), folder);`,
    `const ids = tokenizer.encode(${JSON.stringify(`\n\n${text.trim()}`)}); // a story begins where another has ended, with an empty line`,
  ];
}
