// Begins a Llama with an induction circuit in its first two layers, as trained models have one (Olsson et al. 2022, arXiv:2209.11895), and with
// heads that look further back in the two above them.
// Small models learn it late, from many tokens; here copying what was said before is there from the first step, and is sharpened.
import { fromTensors, Llama, toSafetensors, type LlamaConfig } from '@kk/gpt';
import { Random, readSafetensors, type Engine } from '@kk/nn-core';

type Matrix = readonly Float64Array[];

/** As large as what the first layer adds to them, and far from 0: tokens are told apart from the beginning. */
const EMBEDDING = 0.2;
/** Of the final normalization: the logit of a token that the residual stream holds is then about 4. */
const FINAL_GAIN = 0.4;
/** Of the biases of query and key, in each of the eight fastest pairs of rotary positions. */
const LOOKING_BACK = 5;
const FAST_PAIRS = 8;
/** Of the queries and keys that compare tokens. */
const COMPARING = 2;
/** Of values and projection: layer 0 adds about as much as the embeddings have, layer 1 twice as much. */
const MOVED = [0.447, 0.75] as const;
/**
 * Heads of layer 2 that look further back, and how far: at the line break behind a text its last word stands two places back, or three where a
 * quotation ends. Heads of the same numbers in layer 3 turn what these write into tokens again.
 */
const FURTHER_BACK: ReadonlyMap<number, number> = new Map([[2, 2], [3, 3]]);
const MOVED_FURTHER = 0.6;

/**
 * A Llama with random weights but for the attention of layers 0 and 1 and two heads of layers 2 and 3, and larger embeddings. Layer 0 looks one place back, by its biases
 * alone, and writes the token there turned by an orthogonal matrix. Layer 1 compares its own token with those turned ones, so it finds the
 * place after an earlier occurrence, and writes the token that stands there.
 * @param config at least four layers and four heads, tied embeddings, `attentionBias`, as many heads of keys as of queries, width / heads at least 16
 */
export async function inductionStart(engine: Engine, config: LlamaConfig, seed: number): Promise<Llama> {
  const { width, heads, layers, rotaryBase = 10_000 } = config;
  if (layers < 4 || heads < 4) throw new RangeError(`the start has ${layers} layers of ${heads} heads: expected at least 4 of 4`);
  const random = new Random({ seed, stream: 1 });
  const plain = new Llama(engine, config, { seed });
  const { tensors } = readSafetensors(await toSafetensors(plain));
  plain.dispose();
  const weights = new Map([...tensors].map(([name, { shape, data }]) => [name, { dtype: 'F32' as const, shape, data: new Float32Array(data.slice().buffer) }]));
  const change = (name: string, value: (old: number, i: number) => number) => {
    const { data } = weights.get(name)!;
    data.forEach((old, i) => (data[i] = value(old, i)));
  };
  const headSize = width / heads;
  const headOf = (i: number) => Math.floor(i / headSize);
  const every = () => true;
  /** Weights of those heads: rows of queries, keys and values, columns of the projection. The file has (outputs, inputs). */
  const put = (layer: number, name: string, matrix: Matrix, scale: number, isOf: (head: number) => boolean = every) => change(`model.layers.${layer}.self_attn.${name}_proj.weight`, (old, i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    return isOf(headOf(name === 'o' ? column : row)) ? scale * matrix[row]![column]! : old;
  });
  /** A vector in each of those heads whose fast pairs are turned as if they stood `places` further on. */
  const turned = (layer: number, name: string, places: number, isOf: (head: number) => boolean = every) => change(`model.layers.${layer}.self_attn.${name}_proj.bias`, (old, i) => {
    if (!isOf(headOf(i))) return old;
    const [pair, isSecond] = [i % (headSize / 2), i % headSize >= headSize / 2];
    const angle = places * rotaryBase ** (-2 * pair / headSize);
    return pair < FAST_PAIRS ? LOOKING_BACK * (isSecond ? Math.sin(angle) : Math.cos(angle)) : 0;
  });

  change('model.embed_tokens.weight', (old) => (old * EMBEDDING) / 0.02);
  change('model.norm.weight', () => FINAL_GAIN);
  turned(0, 'q', -1);
  turned(0, 'k', 0);
  const [turn, compared, ...values] = Array.from({ length: 4 }, () => orthogonal(width, random)) as [Matrix, Matrix, Matrix, Matrix];
  put(0, 'v', values[0]!, MOVED[0]);
  put(0, 'o', timesTransposed(turn, values[0]!), MOVED[0]);
  put(1, 'q', compared, COMPARING);
  put(1, 'k', timesTransposed(compared, turn), COMPARING);
  put(1, 'v', values[1]!, MOVED[1]);
  put(1, 'o', transposed(values[1]!), MOVED[1]);
  for (const [head, places] of FURTHER_BACK) {
    const [ownTurn, looking, turnedBack] = Array.from({ length: 3 }, () => orthogonal(width, random)) as [Matrix, Matrix, Matrix];
    const isOf = (other: number) => other === head;
    turned(2, 'q', -places, isOf);
    turned(2, 'k', 0, isOf);
    put(2, 'v', looking, MOVED_FURTHER, isOf);
    put(2, 'o', timesTransposed(ownTurn, looking), MOVED_FURTHER, isOf);
    put(3, 'v', turnedBack, MOVED_FURTHER, isOf);
    put(3, 'o', timesTransposed(transposed(ownTurn), turnedBack), MOVED_FURTHER, isOf);
  }
  return fromTensors(engine, config, new Map([...weights].map(([name, { dtype, shape, data }]) => [name, { dtype, shape, data: new Uint8Array(data.buffer) }]))) as Llama;
}

/** Rows of length 1 at right angles, drawn evenly (Gram and Schmidt, on normal draws). */
function orthogonal(size: number, random: Random): Matrix {
  const rows: Float64Array[] = [];
  while (rows.length < size) {
    const row = Float64Array.from({ length: size }, () => random.normal());
    for (const earlier of rows) {
      const along = dot(row, earlier);
      row.forEach((value, i) => (row[i] = value - along * earlier[i]!));
    }
    const length = Math.sqrt(dot(row, row));
    rows.push(row.map((value) => value / length));
  }
  return rows;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const transposed = (matrix: Matrix): Matrix => matrix.map((_, i) => Float64Array.from(matrix, (row) => row[i]!));
const timesTransposed = (a: Matrix, b: Matrix): Matrix => a.map((row) => Float64Array.from(b, (other) => dot(row, other)));
