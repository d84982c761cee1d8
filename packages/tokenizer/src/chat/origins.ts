// Follows the texts of the caller through a chat template while it runs. The interpreter computes with plain values, so that conditions,
// comparisons and filters do what they always do; beside it stands for every value which parts of its text the caller gave.
//
// Known exactly are texts that are joined (`+`, `~`, `join`, and what blocks, loops and macros write), trimmed, or changed to large or small
// letters. Whatever else a template makes counts as given as a whole as soon as something given went into it.
import { changeText, joinTexts, sliceText, wholly, type GivenPart, type TextWithParts } from './text-parts.js';

/** A value of the interpreter. */
export interface RuntimeValue {
  readonly type: string;
  readonly value: unknown;
}

/** A part of a template that is evaluated. */
export interface TemplateNode {
  readonly type: string;
}

interface Evaluated {
  readonly node: TemplateNode;
  /** Absent where `break` or `continue` ended it. */
  readonly value?: RuntimeValue;
}

const NOTHING: readonly GivenPart[] = [];
const TRIMMING = new Set(['trim', 'strip', 'lstrip', 'rstrip']);
const isText = ({ type }: RuntimeValue): boolean => type === 'StringValue';
const isNumber = ({ type }: RuntimeValue): boolean => type === 'IntegerValue' || type === 'FloatValue';
const isContainer = ({ value }: RuntimeValue): boolean => Array.isArray(value) || value instanceof Map || typeof value === 'function';

export class Origins {
  /** Texts and numbers. */
  readonly #parts = new WeakMap<RuntimeValue, readonly GivenPart[]>();
  /** Lists, objects and functions -> whether something that the caller gave is in them. */
  readonly #containers = new WeakMap<RuntimeValue, boolean>();
  /** Methods of texts -> the text. */
  readonly #texts = new WeakMap<RuntimeValue, RuntimeValue>();
  /** What was evaluated inside of the nodes that are being evaluated, one after the other. */
  readonly #evaluated: Evaluated[] = [];
  readonly #written: ReadonlySet<unknown>;

  /** @param written  the nodes whose values a template writes, from `writtenNodes` */
  constructor(written: ReadonlySet<unknown>) {
    this.#written = written;
  }

  /** Takes in a variable with all that is in it. `isName` says which of the caller's texts are names, by the field that they stand in. */
  addVariable(value: RuntimeValue, isGiven: boolean, isName: (text: string, field: string) => boolean): void {
    this.#add(value, isGiven, isName, '');
  }

  /** Call it before a node is evaluated, and `leave` or `fail` behind it. @returns what these two take */
  enter(): number {
    return this.#evaluated.length;
  }

  /** @param variable  looks up a variable of the template after the node was evaluated */
  leave(mark: number, node: TemplateNode, value: RuntimeValue, variable: (name: string) => RuntimeValue): void {
    const inside = this.#evaluated.splice(mark);
    const { assignee, value: assigned } = node as { assignee?: { type: string; value: string }; value?: unknown };
    if (node.type === 'Set' && !assigned && assignee?.type === 'Identifier') {
      const block = variable(assignee.value);
      if (isText(block)) this.#parts.set(block, this.#partsOf(node, String(block.value), inside));
    }
    if (isText(value)) {
      if (!this.#parts.has(value)) this.#parts.set(value, this.#partsOf(node, String(value.value), inside));
    } else if (isNumber(value)) {
      if (!this.#parts.has(value)) this.#parts.set(value, node.type === 'FilterExpression' && this.#isMadeOfGiven(inside[0].value) && filterName(node) !== 'length' ? wholly(textOf(value)) : NOTHING);
    } else if (isContainer(value)) {
      this.#addMade(value, node.type === 'Identifier' || this.#holdsGiven(inside));
    }
    const [object] = inside;
    if (node.type === 'MemberExpression' && value.type === 'FunctionValue' && object.value && isText(object.value)) this.#texts.set(value, object.value);
    this.#evaluated.push({ node, value });
  }

  fail(mark: number, node: TemplateNode): void {
    this.#evaluated.length = mark;
    this.#evaluated.push({ node });
  }

  /** Which parts of a text or number the caller gave. A text that nothing is known of is the caller's. */
  of(value: RuntimeValue): readonly GivenPart[] {
    return this.#parts.get(value) ?? (isText(value) ? wholly(textOf(value)) : NOTHING);
  }

  #add(value: RuntimeValue, isGiven: boolean, isName: (text: string, field: string) => boolean, field: string): void {
    if (isText(value) || isNumber(value)) this.#parts.set(value, isGiven ? wholly(textOf(value), isName(textOf(value), field)) : NOTHING);
    if (!isContainer(value)) return;
    this.#containers.set(value, isGiven);
    forEachItem(value, (item, key = field) => this.#add(item, isGiven, isName, key));
  }

  /** Takes in a list, object or function that the template has made, with the texts in it that were not seen before, such as keys. */
  #addMade(value: RuntimeValue, isGiven: boolean): void {
    if (isText(value) && !this.#parts.has(value)) this.#parts.set(value, isGiven ? wholly(textOf(value)) : NOTHING);
    if (!isContainer(value) || this.#containers.has(value)) return;
    this.#containers.set(value, isGiven);
    forEachItem(value, (item) => this.#addMade(item, isGiven));
  }

  #isMadeOfGiven(value: RuntimeValue | undefined): boolean {
    if (!value) return false;
    if (value.type === 'NamespaceValue') return true; // it changes as the template runs
    return isContainer(value) ? (this.#containers.get(value) ?? true) : this.of(value).length > 0;
  }

  #holdsGiven(inside: readonly Evaluated[]): boolean {
    return inside.some(({ value }) => this.#isMadeOfGiven(value));
  }

  #partsOf(node: TemplateNode, text: string, inside: readonly Evaluated[]): readonly GivenPart[] {
    const known = this.#composed(node, inside);
    if (known?.text === text) return known.given;
    // A variable of which nothing is known is a key of something that a loop goes through.
    return node.type === 'Identifier' || this.#holdsGiven(inside) ? wholly(text) : NOTHING;
  }

  /** A text made of what was evaluated inside of the node; undefined, or another text than the node's, where that is not known. */
  #composed(node: TemplateNode, inside: readonly Evaluated[]): TextWithParts | undefined {
    const [first, second] = inside.map(({ value }) => value);
    switch (node.type) {
      case 'BinaryExpression':
        return first && second && joinTexts([this.#withParts(first), this.#withParts(second)]);
      case 'FilterExpression':
        return first && this.#filtered(filterName(node), first, inside.slice(1));
      case 'FilterStatement':
        return filtered(filterName(node), this.#joined(node, inside));
      case 'CallExpression': {
        const { callee } = node as unknown as { callee: { property?: { value?: string } } };
        const method = inside.find((one) => (one.node as unknown) === callee)?.value;
        const object = method && this.#texts.get(method);
        return object ? filtered(String(callee.property?.value), this.#withParts(object)) : this.#joined(node, inside);
      }
      default:
        return this.#joined(node, inside);
    }
  }

  #filtered(name: string, operand: RuntimeValue, others: readonly Evaluated[]): TextWithParts | undefined {
    if (isText(operand)) return filtered(name, this.#withParts(operand));
    if (name !== 'join' || !Array.isArray(operand.value)) return undefined;
    const separator = others.find(({ value }) => value && isText(value))?.value;
    return joinTexts((operand.value as RuntimeValue[]).flatMap((item, i) => [...(i > 0 && separator ? [this.#withParts(separator)] : []), this.#withParts(item)]));
  }

  /** What the node writes: the values of the statements of its block, or of the macro that it calls. */
  #joined(node: TemplateNode, inside: readonly Evaluated[]): TextWithParts {
    const [beginning] = (node as { body?: unknown[] }).body ?? [];
    const pieces: TextWithParts[] = [];
    let item = 0;
    for (const { node: statement, value } of inside) {
      if (node.type === 'For' && statement === beginning) item = pieces.length;
      if (!value) pieces.length = item; // the interpreter drops what an item wrote before `break` or `continue`
      else if (this.#written.has(statement) && value.type !== 'NullValue' && value.type !== 'UndefinedValue') pieces.push(this.#withParts(value));
    }
    return joinTexts(pieces);
  }

  #withParts(value: RuntimeValue): TextWithParts {
    const text = textOf(value);
    return { text, given: isContainer(value) && this.#isMadeOfGiven(value) ? wholly(text) : this.of(value) };
  }
}

/** All nodes of a template whose values become a part of what it writes. */
export function writtenNodes(program: unknown): ReadonlySet<unknown> {
  const written = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (node instanceof Map) for (const pair of node) visit(pair);
    else if (node !== null && typeof node === 'object') {
      const { body, alternate, defaultBlock } = node as Record<string, unknown>;
      for (const statements of [body, alternate, defaultBlock]) if (Array.isArray(statements)) for (const statement of statements) written.add(statement);
      Object.values(node).forEach(visit);
    }
  };
  visit(program);
  return written;
}

function forEachItem({ value }: RuntimeValue, visit: (item: RuntimeValue, key?: string) => void): void {
  if (Array.isArray(value)) for (const item of value as RuntimeValue[]) visit(item);
  if (value instanceof Map) for (const [key, item] of value as Map<string, RuntimeValue>) visit(item, key);
}

const textOf = (value: RuntimeValue): string => String(value as unknown);

function filterName(node: TemplateNode): string {
  const { filter } = node as unknown as { filter: { value?: string; callee?: { value?: string } } };
  return String(filter.callee?.value ?? filter.value);
}

function filtered(name: string, operand: TextWithParts): TextWithParts | undefined {
  if (name === 'upper') return changeText(operand, (text) => text.toUpperCase());
  if (name === 'lower') return changeText(operand, (text) => text.toLowerCase());
  if (!TRIMMING.has(name)) return undefined;
  const { text } = operand;
  return sliceText(operand, name === 'rstrip' ? 0 : text.length - text.trimStart().length, name === 'lstrip' ? text.length : text.trimEnd().length);
}
