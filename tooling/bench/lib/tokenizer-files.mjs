// Our tokenizers and those of other libraries, read from a tokenizer.json, behind one interface. Each loader imports only its own library.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The contents of the files. */
export const files = {
  gpt2: 'GPT-2: byte-level BPE',
  claude: 'Claude 2: NFKC, byte-level BPE',
  llama2: 'Llama 2: SentencePiece BPE, text as one piece',
};

/**
 * @typedef {{ encode(text: string): ArrayLike<number> | Promise<ArrayLike<number>> }} FileTokenizer  without special tokens
 * @type {Record<string, { package: string, load(file: string): Promise<FileTokenizer> }>}
 */
export const fileLibraries = {
  ours: {
    package: '@kk/tokenizer',
    async load(file) {
      const { tokenizerFromJSON } = await import('@kk/tokenizer');
      const tokenizer = tokenizerFromJSON(readJSON(file, 'tokenizer.json'));
      return { encode: (text) => tokenizer.encode(text, { addSpecialTokens: false }) };
    },
  },
  javascript: {
    package: '@huggingface/tokenizers (JavaScript)',
    async load(file) {
      const { Tokenizer } = await import('@huggingface/tokenizers');
      const tokenizer = new Tokenizer(readJSON(file, 'tokenizer.json'), readJSON(file, 'tokenizer_config.json'));
      return { encode: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids };
    },
  },
  rust: {
    package: 'tokenizers (Rust)',
    async load(file) {
      const { Tokenizer } = require('tokenizers');
      // Only the post-processor adds special tokens, so it is removed.
      const json = { ...readJSON(file, 'tokenizer.json'), post_processor: null };
      const tokenizer = Tokenizer.fromString(JSON.stringify(json));
      return { encode: async (text) => (await tokenizer.encode(text)).getIds() };
    },
  },
};

function readJSON(file, name) {
  return JSON.parse(readFileSync(require.resolve(`@lenml/tokenizer-${file}/models/${name}`), 'utf8'));
}
