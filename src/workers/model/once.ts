/** Runs an asynchronous load once and shares it; a failed load is forgotten, so that the next call tries again. */
export function once<A extends readonly unknown[], T>(load: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  let loading: Promise<T> | undefined;
  return (...args) =>
    (loading ??= load(...args).catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}
