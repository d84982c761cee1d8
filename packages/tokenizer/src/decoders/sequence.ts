// Runs several decoders, one after the other.

import type { ComponentJSON } from '../core/tokenizer.js';
import type { Decoder, TokenStream } from './decoder.js';

const encoder = /* @__PURE__ */ new TextEncoder();

export class DecoderSequence implements Decoder {
  constructor(readonly steps: readonly Decoder[]) {}

  get fuses(): boolean {
    return this.steps.some((step) => step.fuses);
  }

  start(fused: boolean): TokenStream {
    const streams = this.steps.map((step, i) => step.start(fused || this.steps.slice(0, i).some((before) => before.fuses)));
    const feed = (tokens: string[], from: number): string[] => streams.slice(from).reduce((current, stream) => current.flatMap((token) => stream.push(token)), tokens);
    return {
      push: (token) => feed([token], 0),
      end: () => streams.flatMap((stream, i) => feed(stream.end(), i + 1)),
    };
  }

  contribution(token: string): string | Uint8Array {
    let current: string | Uint8Array = token;
    for (const step of this.steps) {
      if (typeof current !== 'string') break; // bytes of an incomplete character skip the other steps
      current = step.contribution(current);
    }
    return typeof current === 'string' ? encoder.encode(current) : current;
  }

  toJSON(): ComponentJSON {
    return { type: 'Sequence', decoders: this.steps.map((step) => step.toJSON()) };
  }
}
