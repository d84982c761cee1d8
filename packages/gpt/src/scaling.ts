// @kk/gpt/scaling: how the loss falls with compute, from small runs to larger ones. See the README.
export { fitScalingLaw, type PredictionOptions, type ScalingLaw, type ScalingPrediction, type ScalingRun } from './scaling/scaling-law.js';
