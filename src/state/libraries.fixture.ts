import type { LibrariesPort } from "./library-store.ts";

/** A browser with the person's own library and no other. */
export const ONE_LIBRARY: LibrariesPort = {
  current: null,
  list: async () => [],
  open: () => {},
  delete: async () => {},
};
