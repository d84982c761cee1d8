// House style rules: how files begin, how relative imports are written, how members are hidden, where tests replace modules.

/** A file begins with `//` lines that describe it; a doc comment belongs to the declaration below it. */
const fileHead = {
  meta: { type: 'layout', schema: [{ enum: ['optional'] }], messages: { missing: 'Begin the file with // lines that say what it is.', block: 'Write the first lines of a file with //: a /** */ comment documents the declaration below it.' } },
  create: (context) => ({
    Program(node) {
      const { sourceCode } = context;
      const first = sourceCode.getAllComments().find(({ type, value }) => type !== 'Shebang' && !/^\s*eslint-/.test(value));
      const token = sourceCode.getFirstToken(node);
      const isMissing = !first || (token && first.range[0] > token.range[0]);
      if (isMissing && context.options[0] === 'optional') return;
      if (isMissing) context.report({ loc: { line: 1, column: 0 }, messageId: 'missing' });
      else if (first.type === 'Block') context.report({ loc: first.loc, messageId: 'block' });
    },
  }),
};

/** Relative imports name the file that runs: `./x.js`, as Node requires. */
const importExtension = {
  meta: { type: 'problem', schema: [], messages: { missing: "Write '{{ path }}' with the ending of the file that runs, such as '.js'." } },
  create(context) {
    const check = ({ source }) => {
      const path = source?.value;
      if (typeof path === 'string' && /^\.{1,2}\//.test(path) && !/\.\w+(\?\w+)?$/.test(path)) context.report({ node: source, messageId: 'missing', data: { path } });
    };
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check };
  },
};

/** `#name` hides a member at run time, too; `private` only from the compiler. A private constructor has no other spelling. */
const hiddenMembers = {
  meta: { type: 'suggestion', schema: [], messages: { keyword: 'Hide members with #: write #{{ name }} instead of private {{ name }}.' } },
  create(context) {
    const check = (node, name) => node.accessibility === 'private' && context.report({ node, messageId: 'keyword', data: { name } });
    return {
      PropertyDefinition: (node) => check(node, node.key.name),
      MethodDefinition: (node) => node.kind !== 'constructor' && check(node, node.key.name),
      TSParameterProperty: (node) => check(node, node.parameter.name ?? node.parameter.left?.name),
    };
  },
};

/** Test files share what they have loaded, so one that replaces modules gets a process of its own. */
const modulesReplacedAlone = {
  meta: { type: 'problem', schema: [], messages: { shared: 'Name a file that replaces modules *.alone.test.ts: the others share what they have loaded.' } },
  create: (context) => ({
    "CallExpression[callee.object.name='vi'][callee.property.name=/^(mock|doMock|resetModules)$/]": (node) => context.report({ node, messageId: 'shared' }),
  }),
};

const kk = { rules: { 'file-head': fileHead, 'import-extension': importExtension, 'hidden-members': hiddenMembers, 'modules-replaced-alone': modulesReplacedAlone } };

/** @type {import('eslint').Linter.Config[]} */
export const houseStyle = [
  {
    name: 'kk/house-style',
    files: ['**/*.ts', '**/*.mts'],
    plugins: { kk },
    rules: { 'kk/file-head': ['error', 'optional'], 'kk/import-extension': 'error', 'kk/hidden-members': 'error' },
  },
  // Required only for published sources; optional in tests and settings.
  { name: 'kk/heads-of-sources', files: ['packages/*/src/**/*.ts'], rules: { 'kk/file-head': 'error' } },
  {
    name: 'kk/modules-replaced-alone',
    files: ['**/*.test.ts'],
    ignores: ['**/*.alone.test.ts'],
    plugins: { kk },
    rules: { 'kk/modules-replaced-alone': 'error' },
  },
];
