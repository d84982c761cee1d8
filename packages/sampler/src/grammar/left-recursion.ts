// Finds rules that call themselves before reading anything, such as `sum ::= sum "+" number`. A left-to-right automaton would call them for
// ever, so such grammars are refused; the error shows the cycle.
import type { GrammarErrors } from './expression.js';
import type { ProgramState } from './program.js';

/** @throws RangeError (or the grammar's own error) if a rule can reach itself without reading a byte */
export function findLeftRecursion(states: readonly ProgramState[], starts: readonly number[], names: readonly string[], errors?: GrammarErrors): void {
  const leftCalls = findLeftCalls(states, starts);
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
        const circle = [...path.map(({ rule }) => rule).slice(path.findIndex(({ rule }) => rule === called)), called].map((rule) => names[rule]);
        throw errors?.leftRecursion(circle) ?? new RangeError(`left recursion: ${circle.map((name) => `"${name}"`).join(' begins with ')}; let the rule begin with something that it reads, for example list ::= item ("," item)* for list ::= list "," item | item`);
      }
      if (finished.has(called)) continue;
      onPath.add(called);
      path.push({ rule: called, next: 0 });
    }
  }
}

/** For each rule those that it may call before it reads anything, some perhaps twice. */
function findLeftCalls(states: readonly ProgramState[], starts: readonly number[]): readonly number[][] {
  const leftCalls: number[][] = starts.map(() => []);
  // Which rules match the empty text.
  const nullable = starts.map(() => false);
  const walk = walker(states, nullable);
  // A rule that calls others may find more once these turn out to match the empty text; the first round tells which rules these are.
  let calling = starts.map((_, rule) => rule);
  for (let changed = true; changed; ) {
    changed = false;
    for (const rule of calling) {
      const { ends, called } = walk(starts[rule]);
      leftCalls[rule] = called;
      if (ends && !nullable[rule]) nullable[rule] = changed = true;
    }
    calling = calling.filter((rule) => leftCalls[rule].length > 0);
  }
  return leftCalls;
}

/** A function that visits all states which can be reached without reading a byte: whether the end of the rule is one, and the rules called. */
function walker(states: readonly ProgramState[], nullable: readonly boolean[]): (start: number) => { ends: boolean; called: number[] } {
  const lastWalk = new Int32Array(states.length);
  let walks = 0;
  return (start) => {
    walks++;
    lastWalk[start] = walks;
    const seen = [start];
    const called: number[] = [];
    let ends = false;
    const visit = (state: number): void => {
      if (lastWalk[state] === walks) return;
      lastWalk[state] = walks;
      seen.push(state);
    };
    for (let at = 0; at < seen.length; at++) {
      const { epsilons, calls, end } = states[seen[at]];
      ends ||= end;
      for (const target of epsilons) visit(target);
      for (const { rule, then } of calls) {
        called.push(rule);
        if (nullable[rule]) visit(then);
      }
    }
    return { ends, called };
  };
}
