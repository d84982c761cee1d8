// Token embeddings: one learned vector for each entry of the vocabulary.
import { Embedding, matmul, matmulInt8, type QuantizedWeights, type Tensor } from '@kk/nn-core';

export class TokenEmbedding extends Embedding {
  /**
   * Scores each token of the vocabulary by its embedding's dot product with x: the output layer that shares its weights
   * with the input (Press and Wolf 2017).
   * @param x (..., width)
   * @param weights int8 copies: that of the table, (width, rows), is used if it is among them, without gradient
   * @returns logits (..., rows)
   */
  logits(x: Tensor, weights?: QuantizedWeights): Tensor {
    const int8 = weights?.get(this.weight);
    return int8 ? matmulInt8(x, int8) : matmul(x, this.weight, { transposeB: true });
  }
}
