// Says which variable or field of a template is absent when the template cannot go on without it. Where it can, an absent one writes nothing
// and is false, as in Jinja.

interface NamingNode {
  readonly type: string;
  readonly value?: unknown;
  readonly object?: NamingNode;
  readonly property?: NamingNode;
  readonly computed?: boolean;
}

export class AbsentVariable extends Error {}

/** What the library says where a value is none. */
const SAYS_NONE = /undefined|null/i;

export class Absences {
  #depth = 0;
  /** What was evaluated to nothing last, and how deep in the template. */
  #last: { readonly name: string; readonly depth: number } | undefined;

  /** @returns the depth, for `leave` and `explain` */
  enter(): number {
    const depth = ++this.#depth;
    if (this.#last && this.#last.depth > depth) this.#last = undefined; // inside of another node
    return depth;
  }

  leave(depth: number, node: unknown, type: string): void {
    this.#depth = depth - 1;
    if (type !== 'UndefinedValue' && type !== 'NullValue') return;
    const isInside = this.#last?.depth === depth + 1 && (node as NamingNode | undefined)?.type === 'MemberExpression';
    const name = isInside ? this.#last!.name : nameOf(node as NamingNode | undefined); // of a.b.c, where a.b is absent: a.b
    this.#last = name === undefined ? undefined : { name, depth };
  }

  /** The error, or one that names what is absent if the node at this depth failed for that. */
  explain(depth: number, error: unknown): unknown {
    this.#depth = depth - 1;
    if (!(error instanceof Error) || error instanceof AbsentVariable || !SAYS_NONE.test(error.message) || this.#last?.depth !== depth + 1) return error;
    return new AbsentVariable(`it needs ${this.#last.name}, which is absent or none (${error.message.replace(/\.$/, '')})`, { cause: error });
  }
}

/** `a.b[0]['c']` for what names something, else undefined. */
function nameOf(node: NamingNode | undefined): string | undefined {
  if (node?.type === 'Identifier') return String(node.value);
  if (node?.type !== 'MemberExpression') return undefined;
  const object = nameOf(node.object);
  if (object === undefined) return undefined;
  if (!node.computed) return `${object}.${String(node.property?.value)}`;
  return node.property?.type === 'StringLiteral' || node.property?.type === 'IntegerLiteral' ? `${object}[${JSON.stringify(node.property.value)}]` : `${object}[…]`;
}
