// Short runs of several sizes and rates, for the table in models/README.md: `KK_MODELS_SCRIPT=/scripts/models/sweep.ts node scripts/models.mjs "layers width batch rate steps" ...`
import { init } from '@kk/nn-core';
import { checkRecipe } from './recipe.js';
import { storyLoss } from './story-loss.js';
import { tokenizerOf } from './tokenizer.js';
import { trainModel } from './training.js';
import { windowsOf } from './windows.js';

export async function command(lines: readonly string[]): Promise<number> {
  const engine = await init('wasm', { threads: 1 });
  for (const line of lines) {
    const [layers, width, batchSize, learningRate, steps] = line.split(' ').map(Number) as [number, number, number, number, number];
    const recipe = checkRecipe({
      language: 'de',
      tokenizer: { kind: 'bytePairs', vocabSize: 2048, stories: 3000, seed: 1 },
      model: { contextLength: 256, layers, heads: width / 32, width },
      training: { steps, decayFrom: 40, learningRate, minimumLearningRate: learningRate / 20, warmupSteps: 40, betas: [0.9, 0.99], weightDecay: 0.1, seed: 1 },
      windows: { batchSize, atStory: 0.2, atWord: 0.1 },
    });
    const tokenizer = tokenizerOf(recipe);
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    const model = await trainModel(engine, { vocabSize: tokenizer.vocabSize, ...recipe.model }, recipe.training, (step) => windowsOf(recipe, tokenizer, step));
    const used = process.cpuUsage(cpu);
    const tokens = steps * batchSize * 256;
    const seconds = (used.user + used.system) / 1e6;
    const { loss, floor } = await storyLoss(model, tokenizer, 'de', { count: 40 });
    model.dispose();
    console.log(`| ${layers} | ${width} | ${batchSize} | ${learningRate} | ${tokens} | ${seconds.toFixed(0)} s | ${(tokens / seconds).toFixed(0)} | ${loss.toFixed(3)} | ${(loss - floor).toFixed(3)} | ${((performance.now() - started) / 1000).toFixed(0)} s wall |`);
  }
  engine.dispose();
  return 0;
}
