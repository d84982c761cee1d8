// Starts the worker and keeps what it reports for the bench, which waits for it.
const [configuration, threads] = location.hash.slice(1).split(',');
const worker = new Worker(new URL('./worker.mjs', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }) => void (window.report = data);
worker.onerror = (event) => void (window.report = { error: event.message });
worker.postMessage({ configuration, threads: Number(threads) });
