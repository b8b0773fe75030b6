/** More than four threads bring nothing to models of this size. */
const MOST_THREADS = 4;

/**
 * Threads that ONNX Runtime is given in this page and its workers: more than one needs SharedArrayBuffer,
 * so an isolated page.
 */
export function threadsFor(wanted = MOST_THREADS): number {
  return crossOriginIsolated ? Math.max(1, Math.min(wanted, MOST_THREADS, navigator.hardwareConcurrency)) : 1;
}
