// Declares what a model expects of the layers in its fields, so that another kind can take a layer's place.
import type { Tensor } from '../core/tensor.js';

/**
 * Anything with `forward(x)`. A model declares its fields as `Layer`, not as `Linear`: then `QuantizedLinear`, or a layer of
 * your own, can replace it (`module.replace`, `replaceLayers`). Extend `Module` too, so that its parameters are found.
 */
export interface Layer {
  forward(x: Tensor): Tensor;
}
