// The README's examples are those of examples/, word for word, and they print what the README shows. The numbers of a training depend on
// the machine, which may round a fused multiply-add otherwise: there a form is given.
import { testReadme } from '@kk/vitest-config/readme';

testReadme(new URL('../', import.meta.url), [
  ['examples/tune.ts', () => import('../examples/tune.js'), /^step 20: loss \d\.\d\d\nstep 40: loss 0\.\d\d\nWhat colour is snow\? before: ".*", after: "It is white\."$/],
  ['examples/data.ts', () => import('../examples/data.js'), /^equal examples: \[\[1,2\]\]\n3 to learn from, 1 held out\n" Anna<\|endoftext\|>"\n" anna<\|endoftext\|>"\n"In the garden\.<\|im_end\|>"\n3 examples, 0 dropped, 0 cut; \d+ targets in 1 rows$/],
  ['examples/lora.ts', () => import('../examples/lora.js'), /^adapter of 8192 numbers: loss 0\.\d\d and \d\.\d\d on the new and the old text\nswitched off: \d\.\d\d and 0\.\d\d\nmerged, the same logits: 0\.\d\d and \d\.\d\d$/],
  ['examples/preferences.ts', () => import('../examples/preferences.js'), /^step 0: loss 0\.69, right in 0 %, 0\.0 nats from the reference\nstep 20: loss 0\.\d\d, right in 100 %, \d+\.\d nats from the reference\nstep 40: loss 0\.[0-6]\d, right in 100 %, \d+\.\d nats from the reference$/],
  ['examples/reinforcement.ts', () => import('../examples/reinforcement.js'), /^step 0: [2-5]\d % whole sentences, -?0\.0 nats from the reference\nstep 10: \d+ % whole sentences, \d\.\d nats from the reference\nstep 20: [6-9]\d % whole sentences, \d\.\d nats from the reference$/],
  ['examples/evaluate.ts', () => import('../examples/evaluate.js'), /^base: 0 % right.*\ntuned: 100 % right, 100 % in the right form, 100 % end; 0\.\d\d nats on tales, .*\nwho sat\? before: ".*", after: " the cat"\nwho ran\? before: ".*", after: " the dog"$/],
]);
