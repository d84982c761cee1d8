// What the tests beside this file run on: SwiftShader through WebGPU in one Chromium, and through WebGL2 alone in the other.
import { describe, expect, inject, it } from 'vitest';

interface Adapter {
  readonly info: { readonly vendor: string; readonly architecture: string; readonly description: string };
}

const expected = inject('gpu');

describe(`Chromium with ${expected}`, () => {
  it(expected === 'webgpu' ? 'has a WebGPU adapter, SwiftShader' : 'has no WebGPU adapter', async () => {
    const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<Adapter | null> } };
    const adapter = (await gpu?.requestAdapter()) ?? null;
    if (expected === 'webgpu') expect(adapter?.info).toMatchObject({ vendor: 'google', architecture: 'swiftshader' });
    else expect(adapter).toBeNull();
  });

  it('has WebGL2 on SwiftShader, with textures of floats to render to', () => {
    const gl = document.createElement('canvas').getContext('webgl2')!;
    const names = gl.getExtension('WEBGL_debug_renderer_info')!;
    expect(gl.getParameter(names.UNMASKED_RENDERER_WEBGL)).toContain('SwiftShader');
    expect(gl.getExtension('EXT_color_buffer_float')).not.toBeNull();
  });
});
