// What happens when the device goes away, for any place that has a GPU. In a file of its own: all engines of a file share the device.
import { describe, expect, it } from 'vitest';
import { createGpuBackend } from '../../src/gpu.js';
import { add, compileStep, init, sum } from '../../src/index.js';

interface Lossy {
  readonly default: { readonly WebGPUContext: { acquire(): Promise<{ device: { destroy(): void; lost: Promise<unknown> } }> } };
}

/** Takes the WebGPU device away, as a driver that crashes does. */
async function loseWebGpu(): Promise<void> {
  const { WebGPUContext } = ((await import('gpu.js')) as unknown as Lossy).default;
  const { device } = await WebGPUContext.acquire();
  device.destroy();
  await device.lost;
}

/** The WebGL2 contexts that were made since the test began. */
function watchContexts(): WebGL2RenderingContext[] {
  const seen: WebGL2RenderingContext[] = [];
  const original = HTMLCanvasElement.prototype.getContext as (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) => unknown;
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
    const context = original.call(this, kind, ...rest);
    if (context instanceof WebGL2RenderingContext && !seen.includes(context)) seen.push(context);
    return context;
  } as never;
  return seen;
}

export function gpuLostTests(mode: 'webgpu' | 'webgl2'): void {
  const contexts = mode === 'webgl2' ? watchContexts() : [];

  async function lose(): Promise<void> {
    if (mode === 'webgpu') return loseWebGpu();
    const living = contexts.filter((context) => !context.isContextLost()); // one that is lost already has no extensions
    const events = living.map(({ canvas }) => new Promise((resolve) => canvas.addEventListener('webglcontextlost', resolve, { once: true })));
    for (const context of living) context.getExtension('WEBGL_lose_context')!.loseContext();
    await Promise.all(events);
  }

  describe(`a device that is lost, on ${mode}`, () => {
    it.each(['between two steps', 'while a result is awaited'])('%s: everything after it says so, and a new engine works', async (when) => {
      const engine = await init(createGpuBackend, { mode });
      const x = engine.keep(engine.tensor([1, 2, 3]));
      const plan = compileStep(engine, () => sum(add(x, 1)));
      expect(await plan.replay().item()).toBe(9);
      if (when === 'between two steps') {
        await lose();
      } else {
        const [[answer]] = await Promise.all([Promise.allSettled([plan.replay().item()]), lose()]);
        // It may have been on its way already; what it may not be is another number.
        if (answer.status === 'fulfilled') expect(answer.value).toBe(9);
        else expect(answer.reason).toMatchObject({ message: expect.stringMatching(/device was lost/) as string });
      }
      expect(() => plan.replay()).toThrow(/device was lost .*make a new engine with init\(createGpuBackend\)/);
      expect(() => add(x, 1)).toThrow(/device was lost/);
      expect(() => x.set([1, 2, 3])).toThrow(/device was lost/);
      await expect(x.data()).rejects.toThrow(/device was lost/);
      engine.dispose();

      const again = await init(createGpuBackend, { mode });
      expect(await sum(again.tensor([1, 2, 3])).item()).toBe(6);
      again.dispose();
    });
  });
}
