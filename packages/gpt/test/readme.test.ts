// The README's examples are those of examples/, word for word, and they print what the README shows. The numbers of a training depend on
// the machine, which may round a fused multiply-add otherwise: there a form is given.
import { testReadme } from '@kk/vitest-config/readme';

testReadme(new URL('../', import.meta.url), [
  ['examples/learn-to-write.ts', () => import('../examples/learn-to-write.js'), /^loss 0\.\d\d nats per letter: .*\b(cat|dog|mat|log)\b/],
  ['examples/own-task.ts', () => import('../examples/own-task.js'), /^step 50: loss [\d.]+\n.*\n.*\nstep 200: loss 0\.0\d\n\d+ bytes to go on from/],
  ['examples/batch.ts', () => import('../examples/batch.js'), /^(a rollout ended with \d+ \(-\d\.\d nats\): max tokens\n){3}8 tokens, room for 5 texts, 81920 bytes of cache$/],
  ['examples/tune.ts', () => import('../examples/tune.js'), /^trained: loss [1-9][\d.]+ .*\ntuned, 12 parameters frozen: loss 0\.[\d]+ .*\nin int8: loss 0\.\d+ on the special text$/],
  ['examples/special-tokens.ts', () => import('../examples/special-tokens.js'), /^270 tokens became 272; the answer: the dog\.$/],
  ['examples/pretraining.ts', () => import('../examples/pretraining.js'), /^(\d+ rows of tales, 9\d % full, and 23 of a song\n){2}step 40: loss \d\.\d\d, the same bits as without the stop$/],
  ['examples/scaling.ts', () => import('../examples/scaling.js'), /^loss = 0\.\d\d \+ [\d.]+ \/ MFLOP\^0\.\d\d\nten times the compute: [\d.]+ nats, most likely between [\d.]+ and [\d.]+$/],
  ['examples/inside.ts', () => import('../examples/inside.js'), /^"the dog sat on the " goes on with "l": [5-9]\d %\nafter 0, 1 and 2 blocks: \d+ %, \d+ %, [5-9]\d %\nhead 0 of layer 1: the last position looks most at ".*\nits score there was -?\d.*16 numbers\nentropy [\d.]+ nats, [\d.]+ positions away in the mean\nwithout that head: \d+ %\nwithout that link: \d+ %\nwith the mask lifted: \d+ %\nwithout the order: \d+ %\nwhat mattered most is the "." at \d+: without it \d\.\d\d nats less likely$/],
  ['examples/llama.ts', () => import('../examples/llama.js'), /^loss 0\.\d\d nats per letter\n\[ 'MistralForCausalLM' \] .*\b(cat|dog|mat|log)\b/],
  ['examples/from-a-url.ts', () => import('../examples/from-a-url.js'), /^100 tokens, 2 layers\nmodel\.safetensors and config\.json, 1\d{5} bytes$/],
]);
