// Finds rules that call themselves before reading anything, such as `sum ::= sum "+" number`. A left-to-right automaton would call them for
// ever, so such grammars are refused; the error shows the cycle.
import { type ProgramState } from './program.js';

/** @throws RangeError if a rule can reach itself without reading a byte */
export function findLeftRecursion(states: readonly ProgramState[], starts: readonly number[], names: readonly string[]): void {
  const nullable = findNullable(states, starts);
  const leftCalls = starts.map((start) => {
    const called = new Set<number>();
    walkWithoutReading(states, start, nullable, (rule) => called.add(rule));
    return [...called];
  });
  // Depth-first search with an explicit stack, since chains of rules may be long.
  const finished = new Set<number>();
  for (let root = 0; root < starts.length; root++) {
    const path: { rule: number; next: number }[] = finished.has(root) ? [] : [{ rule: root, next: 0 }];
    const onPath = new Set([root]);
    while (path.length > 0) {
      const top = path[path.length - 1];
      if (top.next === leftCalls[top.rule].length) {
        finished.add(top.rule);
        onPath.delete(top.rule);
        path.pop();
        continue;
      }
      const called = leftCalls[top.rule][top.next++];
      if (onPath.has(called)) {
        const circle = [...path.map(({ rule }) => rule).slice(path.findIndex(({ rule }) => rule === called)), called];
        throw new RangeError(`left recursion: ${circle.map((rule) => `"${names[rule]}"`).join(' begins with ')}; let the rule begin with something that it reads, for example list ::= item ("," item)* for list ::= list "," item | item`);
      }
      if (finished.has(called)) continue;
      onPath.add(called);
      path.push({ rule: called, next: 0 });
    }
  }
}

/** Which rules match the empty text. */
function findNullable(states: readonly ProgramState[], starts: readonly number[]): boolean[] {
  const nullable = starts.map(() => false);
  for (let changed = true; changed; ) {
    changed = false;
    starts.forEach((start, rule) => {
      if (nullable[rule] || !walkWithoutReading(states, start, nullable)) return;
      nullable[rule] = changed = true;
    });
  }
  return nullable;
}

/** Visits all states that can be reached without reading a byte; returns whether the end of the rule is one of them. */
function walkWithoutReading(states: readonly ProgramState[], start: number, nullable: readonly boolean[], onCall?: (rule: number) => void): boolean {
  const seen = new Set([start]);
  let ends = false;
  const visit = (state: number): void => void seen.add(state);
  // Iterating over a Set includes elements that are added meanwhile.
  for (const state of seen) {
    const { epsilons, calls, end } = states[state];
    ends ||= end;
    epsilons.forEach(visit);
    for (const { rule, then } of calls) {
      onCall?.(rule);
      if (nullable[rule]) visit(then);
    }
  }
  return ends;
}
