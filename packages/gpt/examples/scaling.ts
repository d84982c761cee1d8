import { fitScalingLaw } from '@kk/gpt/scaling';

// Validation losses of small runs, with the floating-point operations that each took: flopsPerToken(config) times its tokens.
const runs = [
  { compute: 2e6, loss: 2.41 },
  { compute: 5e6, loss: 2.02 },
  { compute: 1.2e7, loss: 1.72 },
  { compute: 3e7, loss: 1.47 },
  { compute: 8e7, loss: 1.27 },
  { compute: 2e8, loss: 1.13 },
];
const law = fitScalingLaw(runs.map(({ compute, loss }) => ({ compute: compute / 1e6, loss })));
console.log(`loss = ${law.floor.toFixed(2)} + ${law.coefficient.toFixed(2)} / MFLOP^${law.exponent.toFixed(2)}`);
const { loss, interval } = law.predict(2000);
console.log(`ten times the compute: ${loss.toFixed(2)} nats, most likely between ${interval[0].toFixed(2)} and ${interval[1].toFixed(2)}`);
