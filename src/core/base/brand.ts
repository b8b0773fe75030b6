/** A string or number that only its own constructor may make, so that ids of different things cannot be mixed up. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
