// This machine, as the tables name it.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** @returns {{ processor: string, hasAvx2: boolean, hasAvx512: boolean, cores: number }} as reported by Linux; elsewhere without a name */
export function machine() {
  let text = '';
  try {
    text = readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    // Not Linux: the tables say "unknown processor".
  }
  const has = (flag) => new RegExp(`^flags\\s*:.*\\b${flag}\\b`, 'm').test(text);
  return { processor: /^model name\s*: (.*)$/m.exec(text)?.[1] ?? 'unknown processor', hasAvx2: has('avx2'), hasAvx512: has('avx512f'), cores: availableParallelism() };
}

/** One line for the head of a report. */
export function describeMachine() {
  const { processor, hasAvx2, hasAvx512, cores } = machine();
  return `${processor}${hasAvx512 ? ' with AVX-512' : hasAvx2 ? ' with AVX2' : ''}, ${cores} cores, Node ${process.versions.node}`;
}
