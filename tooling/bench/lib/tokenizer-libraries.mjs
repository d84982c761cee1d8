// One interface for our tokenizers and those of other libraries. Each loader imports only its own library, so that a process loads just one
// of them.

/**
 * @typedef {{ encode(text: string): ArrayLike<number>, decode(ids: ArrayLike<number>): string, count(text: string): number }} Library
 * @type {Record<string, { package: string, encodings?: string[], load(encoding: string): Promise<Library> }>}  without `encodings` it has all
 */
export const libraries = {
  ours: {
    package: '@kk/tokenizer',
    async load(encoding) {
      const loaders = { gpt2: 'loadGpt2', cl100k_base: 'loadCl100kBase', o200k_base: 'loadO200kBase' };
      const module = await import(`@kk/tokenizer/${encoding}`);
      const tokenizer = await module[loaders[encoding]]();
      return { encode: (text) => tokenizer.encode(text), decode: (ids) => tokenizer.decode(ids), count: (text) => tokenizer.count(text) };
    },
  },
  'ai-tokenizer': {
    package: 'ai-tokenizer',
    async load(encoding) {
      const [{ Tokenizer }, data] = await Promise.all([import('ai-tokenizer'), import(`ai-tokenizer/encoding/${encoding}`)]);
      const tokenizer = new Tokenizer(data);
      return { encode: (text) => tokenizer.encode(text), decode: (ids) => tokenizer.decode(ids), count: (text) => tokenizer.count(text) };
    },
  },
  'gpt-tokenizer': {
    package: 'gpt-tokenizer',
    async load(encoding) {
      const { encode, decode, countTokens } = await import(`gpt-tokenizer/encoding/${encoding}`);
      return { encode: (text) => encode(text), decode: (ids) => decode(ids), count: (text) => countTokens(text) };
    },
  },
  tiktoken: {
    package: 'tiktoken (WebAssembly)',
    async load(encoding) {
      const { get_encoding } = await import('tiktoken');
      const tokenizer = get_encoding(encoding);
      const decoder = new TextDecoder();
      return { encode: (text) => tokenizer.encode(text), decode: (ids) => decoder.decode(tokenizer.decode(ids)), count: (text) => tokenizer.encode(text).length };
    },
  },
  'tiktoken-node': {
    package: 'tiktoken-node (native)',
    encodings: ['gpt2', 'cl100k_base'],
    async load(encoding) {
      const { default: tiktoken } = await import('tiktoken-node');
      const tokenizer = tiktoken.getEncoding(encoding);
      return { encode: (text) => tokenizer.encode(text), decode: (ids) => tokenizer.decode(ids), count: (text) => tokenizer.encode(text).length };
    },
  },
  'js-tiktoken': {
    package: 'js-tiktoken',
    async load(encoding) {
      const [{ Tiktoken }, { default: ranks }] = await Promise.all([import('js-tiktoken/lite'), import(`js-tiktoken/ranks/${encoding}`)]);
      const tokenizer = new Tiktoken(ranks);
      return { encode: (text) => tokenizer.encode(text), decode: (ids) => tokenizer.decode(ids), count: (text) => tokenizer.encode(text).length };
    },
  },
};

/** Whether a library has an encoding. */
export const knows = (name, encoding) => libraries[name].encodings?.includes(encoding) ?? true;
