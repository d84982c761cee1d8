/** Token embeddings: one learned vector for each entry of the vocabulary. */
import { Embedding, matmul, type Tensor } from '@kk/nn-core';

export class TokenEmbedding extends Embedding {
  /**
   * Scores each token of the vocabulary by its embedding's dot product with x: the output layer that shares its weights
   * with the input (Press and Wolf 2017).
   * @param x (..., width)
   * @returns logits (..., rows)
   */
  logits(x: Tensor): Tensor {
    return matmul(x, this.weight, { transposeB: true });
  }
}
