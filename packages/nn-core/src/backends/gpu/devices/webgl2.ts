// Runs passes on WebGL2: a buffer is a texture of one float a texel, a shader a fragment shader that gpu.js wrote, a pass one
// rectangle drawn into the output texture. Everything is done at once, in the order in which it is asked for.
import { compileShaderSync, shaderSource } from '../compile.js';
import type { BuiltShader, GpuInstance, GpuJs } from '../gpu-js.js';
import type { ShaderName } from '../passes/pass.js';
import { isCopy, type BoundShader, type BoundPass, type Device, type DeviceMemory, type GpuBuffer, type Replay } from './device.js';
import { BufferPool, roundedLength } from './pool.js';

/** Texels of a row, where there is more than one row. */
const WIDTH = 4096;

class TextureBuffer implements GpuBuffer {
  readonly width: number;
  readonly height: number;

  constructor(
    readonly length: number,
    readonly texture: WebGLTexture,
  ) {
    this.width = Math.min(length, WIDTH);
    this.height = Math.ceil(length / WIDTH);
  }
}

/** A compiled shader and where its numbers go. */
interface Shader {
  readonly program: WebGLProgram;
  readonly vertices: WebGLVertexArrayObject;
  readonly outputSize: WebGLUniformLocation | null;
  readonly textureSize: WebGLUniformLocation | null;
  readonly arrays: readonly { readonly sampler: WebGLUniformLocation | null; readonly textureSize: WebGLUniformLocation | null; readonly size: WebGLUniformLocation | null }[];
  readonly numbers: readonly { readonly location: WebGLUniformLocation | null; readonly whole: boolean }[];
  readonly built: BuiltShader;
}

export class WebGl2Device implements Device {
  readonly mode = 'webgl2';
  readonly hasWebGpu = false;
  readonly limitName = 'MAX_TEXTURE_SIZE of the driver';
  readonly adapter: string;
  readonly maximumLength: number;
  readonly #gpu: GpuInstance;
  readonly #gl: WebGL2RenderingContext;
  readonly #pool: BufferPool<TextureBuffer>;
  readonly #shaders = new Map<ShaderName, Shader>();
  readonly #framebuffer: WebGLFramebuffer;
  /** What gpu.js gets to see of a buffer when it builds a shader. */
  readonly #sample: object;
  #disposed = false;

  /** @throws Error when the driver cannot render to textures of floats */
  constructor({ GPU }: GpuJs) {
    this.#gpu = new GPU({ mode: 'webgl2' });
    // gpu.js makes its context with its first shader.
    this.#gpu.createKernel('function nothing() { return 0; }', {
      output: [1], argumentTypes: [], returnType: 'Number', functions: [], nativeFunctions: [], dynamicOutput: true, dynamicArguments: true, pipeline: true,
      precision: 'single', tactic: 'precision', loopMaxIterations: 1, fixIntegerDivisionAccuracy: false,
    });
    const gl = this.#gpu.context as WebGL2RenderingContext | null;
    if (!gl) throw new Error('the browser gave no WebGL2 context');
    if (!gl.getExtension('EXT_color_buffer_float')) throw new Error('this driver cannot render to textures of 32-bit floats (EXT_color_buffer_float)');
    this.#gl = gl;
    const names = gl.getExtension('WEBGL_debug_renderer_info');
    this.adapter = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
    if (/swiftshader|llvmpipe|software/i.test(this.adapter)) this.adapter += ', computed on the processor, so correct but slow';
    const largest = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    this.maximumLength = Math.min(WIDTH, largest) * largest;
    this.#framebuffer = gl.createFramebuffer()!;
    this.#pool = new BufferPool(
      (length) => this.#createTexture(length),
      ({ texture }) => gl.deleteTexture(texture),
    );
    const one = this.#pool.take(1);
    this.#sample = { texture: one.texture, size: [1, 1], dimensions: [1, 1, 1], output: [1], context: gl, type: 'ArrayTexture(1)' };
  }

  allocate(length: number): GpuBuffer {
    this.#check();
    const rounded = roundedLength(length);
    // Whole rows, so that the texture is a rectangle.
    return this.#pool.take(rounded <= WIDTH ? rounded : Math.ceil(length / WIDTH) * WIDTH);
  }

  release(buffer: GpuBuffer): void {
    this.#pool.give(buffer as TextureBuffer);
  }

  write(buffer: GpuBuffer, floats: Float32Array): void {
    this.#check();
    const gl = this.#gl;
    const { texture, width } = buffer as TextureBuffer;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    const rows = Math.floor(floats.length / width);
    if (rows > 0) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, rows, gl.RED, gl.FLOAT, floats);
    const rest = floats.length - rows * width;
    if (rest > 0) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, rows, rest, 1, gl.RED, gl.FLOAT, floats, rows * width);
  }

  async read(buffer: GpuBuffer, length: number): Promise<Float32Array> {
    this.#check();
    const gl = this.#gl;
    const { texture, width } = buffer as TextureBuffer;
    const rows = Math.ceil(length / width);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    // Four floats a texel are the one format that every driver reads back.
    const texels = new Float32Array(width * rows * 4);
    const pixels = gl.createBuffer();
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, pixels);
    gl.bufferData(gl.PIXEL_PACK_BUFFER, texels.byteLength, gl.STREAM_READ);
    gl.readPixels(0, 0, width, rows, gl.RGBA, gl.FLOAT, 0);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)!;
    gl.flush();
    await this.#passed(fence);
    this.#check();
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, pixels);
    gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, texels);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    gl.deleteBuffer(pixels);
    return Float32Array.from({ length }, (_, i) => texels[4 * i]);
  }

  run(pass: BoundPass): void {
    this.#check();
    if (isCopy(pass)) throw new Error('gpu: WebGL2 copies no parts of buffers.'); // programs ask `hasWebGpu` first
    this.#draw(pass);
  }

  prepare(passes: readonly BoundPass[]): Replay {
    return {
      run: () => {
        for (const pass of passes) this.run(pass);
      },
      dispose: () => {},
    };
  }

  memory(): DeviceMemory {
    return { reservedBytes: this.#pool.bytes };
  }

  dispose(): void {
    this.#disposed = true;
    for (const { built, vertices } of this.#shaders.values()) {
      this.#gl.deleteVertexArray(vertices);
      built.destroy();
    }
    this.#shaders.clear();
    this.#pool.dispose();
    this.#gl.deleteFramebuffer(this.#framebuffer);
    // A page may have about sixteen contexts; the oldest are taken away when there are more.
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #check(): void {
    if (this.#disposed) throw new Error("gpu: this backend was disposed; make a new engine with init(createGpuBackend).");
    if (this.#gl.isContextLost()) {
      throw new Error("gpu: the device was lost (the browser took the WebGL2 context away), and with it everything on it: make a new engine with init(createGpuBackend) and load a checkpoint.");
    }
  }

  #draw({ shader: name, output, size, inputs, numbers }: BoundShader): void {
    const gl = this.#gl;
    const shader = this.#shader(name);
    const { texture, width } = output as TextureBuffer;
    // Only what is computed is drawn: of a single row the part, of several whole rows (what is left of the last one in vain).
    const count = size[0] * size[1] * size[2];
    const columns = Math.min(count, width);
    const rows = Math.ceil(count / width);
    gl.useProgram(shader.program);
    gl.bindVertexArray(shader.vertices);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    gl.viewport(0, 0, columns, rows);
    gl.scissor(0, 0, columns, rows);
    gl.uniform3i(shader.outputSize, ...size);
    gl.uniform2i(shader.textureSize, columns, rows);
    inputs.forEach((input, unit) => {
      const buffer = input.buffer as TextureBuffer;
      const array = shader.arrays[unit];
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, buffer.texture);
      gl.uniform1i(array.sampler, unit);
      gl.uniform2i(array.textureSize, buffer.width, buffer.height);
      gl.uniform3i(array.size, ...input.size);
    });
    shader.numbers.forEach(({ location, whole }, i) => {
      if (whole) gl.uniform1i(location, numbers[i]);
      else gl.uniform1f(location, numbers[i]);
    });
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    gl.bindVertexArray(null);
  }

  #shader(name: ShaderName): Shader {
    const known = this.#shaders.get(name);
    if (known) return known;
    const gl = this.#gl;
    const built = compileShaderSync(this.#gpu, name, { type: 'ArrayTexture(1)', value: this.#sample });
    const program = built.program!;
    const at = (uniform: string): WebGLUniformLocation | null => gl.getUniformLocation(program, uniform);
    gl.useProgram(program);
    const ratio = at('ratio');
    if (ratio) gl.uniform2f(ratio, 1, 1); // gpu.js draws into a corner of a larger canvas; here the viewport fits
    const parameters = built.argumentNames ?? [];
    const { arguments: types } = shaderSource(name);
    const arrays = parameters.filter((_, i) => types[i] === 'Array').map((parameter) => ({ sampler: at(`user_${parameter}`), textureSize: at(`user_${parameter}Size`), size: at(`user_${parameter}Dim`) }));
    const numbers = parameters.flatMap((parameter, i) => (types[i] === 'Array' ? [] : [{ location: at(`user_${parameter}`), whole: types[i] === 'Integer' }]));
    const shader: Shader = { program, built, arrays, numbers, vertices: this.#vertices(built), outputSize: at('uOutputDim'), textureSize: at('uTexSize') };
    this.#shaders.set(name, shader);
    return shader;
  }

  /** gpu.js's rectangle: four corners, then their texture coordinates. */
  #vertices({ program, buffer }: BuiltShader): WebGLVertexArrayObject {
    const gl = this.#gl;
    const vertices = gl.createVertexArray()!;
    gl.bindVertexArray(vertices);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer!);
    ['aPos', 'aTexCoord'].forEach((name, i) => {
      const location = gl.getAttribLocation(program!, name);
      if (location < 0) return; // the driver removed what the shader does not use
      gl.enableVertexAttribArray(location);
      gl.vertexAttribPointer(location, 2, gl.FLOAT, false, 0, i * 32);
    });
    gl.bindVertexArray(null);
    return vertices;
  }

  #createTexture(length: number): TextureBuffer {
    const gl = this.#gl;
    const buffer = new TextureBuffer(length, gl.createTexture()!);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, buffer.texture);
    for (const wrap of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, wrap, gl.CLAMP_TO_EDGE);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.R32F, buffer.width, buffer.height);
    if (gl.getError() === gl.OUT_OF_MEMORY) throw new RangeError(`gpu: no memory for a buffer of ${length} x float32; use smaller sizes or free buffers first.`);
    return buffer;
  }

  /** Resolves when the device has come so far; asks again in every turn of the event loop, and blocks nobody meanwhile. */
  #passed(fence: WebGLSync): Promise<void> {
    const gl = this.#gl;
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      const poll = (): void => {
        const state = gl.isContextLost() ? gl.CONDITION_SATISFIED : gl.clientWaitSync(fence, 0, 0);
        if (state === gl.TIMEOUT_EXPIRED) return port2.postMessage(null);
        gl.deleteSync(fence);
        port1.close();
        resolve();
      };
      port1.onmessage = poll;
      poll();
    });
  }
}
