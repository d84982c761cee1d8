// All public functions, constructors and methods that take options, read from the types of the packages' entries: one that is new is found by itself.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface FunctionWithOptions {
  /** `@kk/sampler new Sampler`, `@kk/gpt GPT.createCache` for methods of instances, `@kk/gpt PackedDocuments::from` for static ones. */
  readonly name: string;
  /** What to import: `@kk/sampler`. */
  readonly entry: string;
  /** The exported name. */
  readonly exported: string;
  readonly kind: 'function' | 'constructor' | 'static' | 'method' | 'interface';
  /** The name of the method, where it is one. */
  readonly method: string;
  /** Places of the parameters that are options. */
  readonly places: readonly number[];
}

/** The entries of all published packages, with the sources that they stand for. */
function entries(): { entry: string; file: string }[] {
  return readdirSync(`${root}packages`).flatMap((folder) => {
    const { name, private: isPrivate, exports } = JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, 'utf8')) as { name: string; private?: boolean; exports: Record<string, { '@kk/source'?: string }> };
    if (isPrivate) return [];
    return Object.entries(exports).flatMap(([path, { '@kk/source': source }]) => (source === undefined ? [] : [{ entry: name + path.slice(1), file: `${root}packages/${folder}/${source}` }]));
  });
}

export function functionsWithOptions(): FunctionWithOptions[] {
  const all = entries();
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: all.map(({ file }) => file) }, ts.sys, root);
  const program = ts.createProgram(all.map(({ file }) => file), { ...options, incremental: false, tsBuildInfoFile: undefined });
  const checker = program.getTypeChecker();
  const seen = new Set<unknown>();
  const found: FunctionWithOptions[] = [];

  /** Each declaration is taken once: a method that many classes inherit, a function that two entries export. */
  const take = (signatures: readonly ts.Signature[], one: Omit<FunctionWithOptions, 'places'>): void => {
    const fresh = signatures.filter(({ declaration }) => !seen.has(declaration));
    for (const { declaration } of fresh) seen.add(declaration);
    const places = new Set(fresh.flatMap(({ parameters }) => parameters.flatMap((parameter, i) => (isOptions(checker.getTypeOfSymbol(parameter), checker) ? [i] : []))));
    if (places.size > 0) found.push({ ...one, places: [...places] });
  };

  for (const { entry, file } of all) {
    for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)!)!)) {
      const exported = symbol.name;
      const isTypeOnly = symbol.declarations?.some((declaration) => ts.isTypeOnlyExportDeclaration(declaration)) ?? false;
      const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const signaturesOf = (member: ts.Symbol): readonly ts.Signature[] => checker.getNonNullableType(checker.getTypeOfSymbol(member)).getCallSignatures();
      if (meant.flags & ts.SymbolFlags.Class && !isTypeOnly) {
        const type = checker.getTypeOfSymbol(meant);
        take(type.getConstructSignatures(), { name: `${entry} new ${exported}`, entry, exported, kind: 'constructor', method: '' });
        for (const member of checker.getPropertiesOfType(type)) if (isPublic(member) && member.name !== 'prototype') take(signaturesOf(member), { name: `${entry} ${exported}::${member.name}`, entry, exported, kind: 'static', method: member.name });
      }
      if (meant.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) {
        const kind = meant.flags & ts.SymbolFlags.Class && !isTypeOnly ? 'method' : 'interface';
        for (const member of checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(meant))) if (isPublic(member)) take(signaturesOf(member), { name: `${entry} ${exported}.${member.name}`, entry, exported, kind, method: member.name });
      } else if (meant.flags & ts.SymbolFlags.Value) {
        const type = checker.getTypeOfSymbol(meant);
        take(type.getCallSignatures(), { name: `${entry} ${exported}`, entry, exported, kind: 'function', method: '' });
      }
    }
  }
  return found;
}

function isPublic(member: ts.Symbol): boolean {
  const declaration = member.declarations?.[0];
  if (declaration === undefined) return false;
  const isHidden = ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected);
  const { name } = declaration as ts.NamedDeclaration;
  return !isHidden && !(name && ts.isPrivateIdentifier(name)) && declaration.getSourceFile().fileName.includes('/packages/');
}

/** An object named `…Options`, or one of which everything may be left out. */
function isOptions(given: ts.Type, checker: ts.TypeChecker): boolean {
  const type = checker.getNonNullableType(given);
  if (/Options$/.test(type.aliasSymbol?.name ?? '')) return true;
  return (type.isUnion() ? type.types : [type]).some((one) => {
    if (!(one.flags & ts.TypeFlags.Object) && !one.isIntersection()) return false;
    if (one.getCallSignatures().length > 0 || checker.isArrayType(one) || checker.isTupleType(one) || one.symbol?.declarations?.some(ts.isClassDeclaration)) return false;
    if (/Options$/.test((one.aliasSymbol ?? one.symbol)?.name ?? '')) return true;
    const members = checker.getPropertiesOfType(one);
    return members.length > 0 && members.every(({ flags }) => flags & ts.SymbolFlags.Optional);
  });
}
