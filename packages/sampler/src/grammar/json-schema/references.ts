// Follows "$ref" to a place in the same document.
import { type PlacedSchema, schemaError, type SchemaObject, field } from './keywords.js';

/** The schema that "$ref" leads to, with its path. @throws SyntaxError if it leads to another document or nowhere */
export function follow(document: unknown, schema: SchemaObject): PlacedSchema {
  const reference = field(schema, '$ref');
  const unsupported = (): SyntaxError => schemaError(schema, `"$ref" ${JSON.stringify(reference)} is not supported; only places in the same schema are, such as "#/$defs/name"`);
  if (typeof reference !== 'string') throw unsupported();
  // A document may name itself by its "$id".
  const id = typeof document === 'object' && document !== null && Object.hasOwn(document, '$id') ? (document as Record<string, unknown>).$id : undefined;
  const fragment = typeof id === 'string' && id !== '' && reference.startsWith(`${id}#`) ? reference.slice(id.length) : reference === id ? '#' : reference;
  if (!(fragment === '#' || fragment.startsWith('#/'))) throw unsupported();
  let target = document;
  for (const part of fragment.split('/').slice(1)) {
    const name = decodePointer(part);
    if (typeof target !== 'object' || target === null || !Object.hasOwn(target, name)) throw schemaError(schema, `"$ref" ${JSON.stringify(reference)} leads nowhere: there is no ${JSON.stringify(name)}`);
    target = (target as Record<string, unknown>)[name];
  }
  return { value: target, path: fragment };
}

function decodePointer(part: string): string {
  // Percent-encoding as in a URL; text that is not validly encoded is used as it is.
  const plain = /%(?![0-9A-Fa-f]{2})/.test(part) ? part : decodeURIComponent(part);
  return plain.replaceAll('~1', '/').replaceAll('~0', '~');
}
