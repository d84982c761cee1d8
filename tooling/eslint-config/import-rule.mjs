// The import rule: a table of which package may import which. A package may import only the packages in its row, and never a file in
// another package's src folder.

/**
 * Package name -> the packages that its sources may import. A `name/subpath` row restricts the permission to that subfolder or file of src.
 * `options`, `random` and `whole-file` are never published: they are bundled into the packages that use them. `whole-file` needs Node, so
 * libraries import it only in their Node entry.
 */
export const allowedImports = {
  options: [],
  random: [],
  'whole-file': [],
  tokenizer: ['options'],
  'tokenizer/node': ['options', 'whole-file'],
  sampler: ['options', 'random'],
  'nn-core': ['options', 'random'],
  markov: ['options', 'sampler'],
  'markov/node': ['options', 'sampler', 'whole-file'],
  corpora: ['options'],
  'corpora/stats': ['options', 'markov'],
  'corpora/digits': ['options', 'random'],
  embeddings: ['attention', 'nn-core'],
  'embeddings/node': ['attention', 'nn-core', 'whole-file'],
  attention: ['nn-core'],
  gpt: ['attention', 'embeddings', 'nn-core', 'sampler', 'tokenizer'],
  'gpt/node': ['attention', 'embeddings', 'nn-core', 'sampler', 'tokenizer', 'whole-file'],
  finetune: ['gpt', 'attention', 'embeddings', 'nn-core', 'sampler', 'tokenizer'],
  'finetune/node': ['gpt', 'attention', 'embeddings', 'nn-core', 'sampler', 'tokenizer', 'whole-file'],
  cli: ['tokenizer', 'sampler', 'markov', 'nn-core', 'embeddings', 'attention', 'gpt', 'finetune', 'corpora', 'options', 'whole-file'],
};

/**
 * Inside nn-core: which folders a folder may not import. Backends know nothing of tensors; what a tensor is knows nothing of what is
 * computed with it.
 */
export const nnCoreDirections = {
  backends: ['core', 'capture', 'ops', 'layers', 'optimizers', 'quantization'],
  core: ['capture', 'ops', 'layers', 'optimizers', 'quantization'],
};

/** Inside tokenizer: its folders from the lowest to the highest. A folder may import only those before it. */
export const tokenizerFolders = ['text', 'core', 'chat', 'functions', 'patterns', 'normalizers', 'pre-tokenizers', 'decoders', 'post-processors', 'training', 'models', 'pipeline', 'tokenizers', 'formats', 'vocabularies'];

/** Package -> folder -> the folders of the same package that it may not import. */
const directions = {
  'nn-core': nnCoreDirections,
  tokenizer: Object.fromEntries(tokenizerFolders.slice(0, -1).map((folder, i) => [folder, tokenizerFolders.slice(i + 1)])),
};

/** The files that a row applies to. */
const filesOf = (row) => {
  const [name, subfolder] = row.split('/');
  return subfolder ? [`packages/${name}/src/${subfolder}/**`, `packages/${name}/src/${subfolder}.ts`] : [`packages/${name}/src/**`];
};

/** Paths from a package's folder into another one's. */
const intoAnotherFolder = `^(?:\\.\\./)+(?:(?:packages|apps|tooling)/|(?:${Object.keys(allowedImports).filter((row) => !row.includes('/')).join('|')})/(?:src|dist)(?:/|$))`;

const byName = 'Import another package by its name, not by a path into its folder.';

/** The part of the rule for all files, including tests, apps and tooling. */
const everywhere = {
  name: 'kk/no-reaching-into-src',
  files: ['packages/**', 'apps/**', 'tooling/**'],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [{ regex: '^@kk/[^/]+/(?:src|dist)(?:/|$)', message: byName }] }] },
};

/** @returns {import('eslint').Linter.Config[]} the config for all files, then one config per row of the table */
export function importRule(table = allowedImports) {
  const rows = Object.entries(table).map(([row, allowed]) => {
    // gpt may import only types of tokenizer, so that a model can be used without one.
    const typesOnly = row === 'gpt' || row.startsWith('gpt/') ? ['tokenizer'] : [];
    const forbidden = (names) => {
      const alternatives = names.map((name) => `${name}(?:/(?!(?:src|dist)(?:/|$)).*)?$`).join('|');
      return alternatives ? `^@kk/(?!${alternatives})` : '^@kk/';
    };
    // A dynamic import always imports values.
    const forbiddenLazily = [forbidden(allowed.filter((name) => !typesOnly.includes(name))), intoAnotherFolder];
    return {
      name: `kk/imports-of-${row}`,
      files: filesOf(row),
      rules: {
        '@typescript-eslint/no-restricted-imports': [
          'error',
          {
            patterns: [
              {
                regex: forbidden(allowed),
                message: `${row} may import ${allowed.length ? allowed.map((a) => '@kk/' + a).join(', ') : 'no other package'} (tooling/eslint-config/import-rule.mjs).`,
              },
              ...typesOnly.map((name) => ({ regex: `^@kk/${name}(?:/|$)`, allowTypeImports: true, message: `${row} may import @kk/${name} only for its types.` })),
              { regex: intoAnotherFolder, message: byName },
            ],
          },
        ],
        'no-restricted-syntax': [
          'error',
          ...forbiddenLazily.map((regex) => ({
            selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\/')}/]`,
            message: `${row} may not import this package, not even lazily.`,
          })),
        ],
      },
    };
  });
  return [everywhere, ...rows, ...directionsInside(rows)];
}

/** For each folder with a direction: its package's own rule, and what the folder may not import. */
function directionsInside(rows) {
  const name = '@typescript-eslint/no-restricted-imports';
  return Object.entries(directions).flatMap(([directed, folders]) => {
    const ofPackage = rows.find((row) => row.name === `kk/imports-of-${directed}`);
    if (!ofPackage) return [];
    const [severity, { patterns }] = ofPackage.rules[name];
    return Object.entries(folders).map(([folder, forbidden]) => ({
      name: `kk/imports-of-${directed}/src/${folder}`,
      files: [`packages/${directed}/src/${folder}/**`],
      rules: { [name]: [severity, { patterns: [...patterns, { regex: `^(?:\\.\\./)+(?:${forbidden.join('|')})/`, message: `${directed}/src/${folder} may not import ${forbidden.join(', ')} (tooling/eslint-config/import-rule.mjs).` }] }] },
    }));
  });
}
