// Who may import whom: the one table that fixes the direction of dependencies between packages.
// A package may import only what its row names; nobody reaches into another package's src folder.

/** Package name -> what its sources may import. A `name/subpath` row narrows the right to that subfolder of src. */
export const allowedImports = {
  tokenizer: [],
  sampler: [],
  'nn-core': [],
  markov: ['sampler'],
  corpora: [],
  'corpora/stats': ['markov'],
  embeddings: ['nn-core'],
  attention: ['nn-core'],
  gpt: ['attention', 'embeddings', 'nn-core', 'sampler', 'tokenizer'],
  finetune: ['gpt', 'attention', 'embeddings', 'nn-core', 'sampler', 'tokenizer'],
  cli: ['tokenizer', 'sampler', 'markov', 'nn-core', 'embeddings', 'attention', 'gpt', 'finetune', 'corpora'],
};

/** The files a row speaks of. */
const filesOf = (row) => {
  const [name, subfolder] = row.split('/');
  return subfolder ? [`packages/${name}/src/${subfolder}/**`, `packages/${name}/src/${subfolder}.ts`] : [`packages/${name}/src/**`];
};

/** @returns {import('eslint').Linter.Config[]} one config per row of the table */
export function importRule(table = allowedImports) {
  return Object.entries(table).map(([row, allowed]) => {
    const alternatives = allowed.map((name) => `${name}(?:/(?!src(?:/|$)).*)?$`).join('|');
    // gpt needs tokenizer only for its types, so that a model can be used without one.
    const typesOnly = row === 'gpt' ? ['@kk/tokenizer'] : [];
    return {
      name: `kk/imports-of-${row}`,
      files: filesOf(row),
      rules: {
        '@typescript-eslint/no-restricted-imports': [
          'error',
          {
            paths: typesOnly.map((name) => ({ name, allowTypeImports: true, message: `${row} may import ${name} only for its types.` })),
            patterns: [
              {
                regex: alternatives ? `^@kk/(?!${alternatives})` : '^@kk/',
                message: `${row} may import ${allowed.length ? allowed.map((a) => '@kk/' + a).join(', ') : 'no other package'} (tooling/eslint-config/import-rule.mjs).`,
              },
              { regex: '^(?:\\.\\./)+(?:packages|apps|tooling|tokenizer|sampler|markov|nn-core|embeddings|attention|gpt|finetune|corpora|cli)/src', message: 'Import another package by its name, not by a path into its folder.' },
            ],
          },
        ],
        'no-restricted-syntax': [
          'error',
          {
            selector: `ImportExpression[source.value=/${(alternatives ? `^@kk\\/(?!${alternatives.replaceAll('/', '\\/')})` : '^@kk\\/')}/]`,
            message: `${row} may not import this package, not even lazily.`,
          },
        ],
      },
    };
  });
}
