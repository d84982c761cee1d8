import { nearestNeighbours, TokenEmbedding } from '@kk/embeddings';
import { init, Random } from '@kk/nn-core';

const engine = await init('wasm');
const tokens = new TokenEmbedding(engine, { rows: 100, width: 16, deviation: 1 }, new Random(7));
const table = await tokens.weight.data();
const vector = table.slice(42 * 16, 43 * 16);
const neighbours = nearestNeighbours(table, vector, 3);
console.log(neighbours.map(({ id, similarity }) => `${id}: ${similarity.toFixed(2)}`));
engine.dispose();
