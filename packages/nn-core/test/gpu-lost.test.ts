// A device that is lost, in Node on Dawn.
import './support/gpu-node.js';
import { gpuLostTests } from './support/gpu-lost-cases.js';

gpuLostTests('webgpu');
