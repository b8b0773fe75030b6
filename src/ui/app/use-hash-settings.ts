import { useEffect } from "react";
import { DEFAULT_SETTINGS } from "#core/model.ts";
import { hashFromSettings, settingsFromHash } from "./hash.ts";
import { useStores } from "./stores.ts";

/** Keeps the view settings and the URL hash in step; the store starts from the hash in `main.tsx`. */
export function useHashSettings(): void {
  const { search } = useStores();
  useEffect(() => {
    const write = () => {
      const hash = hashFromSettings(search.getState().settings);
      if (location.hash.replace(/^#/, "") === hash) return;
      // Replaced, not pushed: Back leaves the page and does not walk through every setting tried.
      history.replaceState(history.state, "", hash === "" ? location.pathname + location.search : `#${hash}`);
    };
    const read = () => {
      const { retrieval, reranker, index, pool, top } = DEFAULT_SETTINGS;
      search.getState().change({ retrieval, reranker, index, pool, top, ...settingsFromHash(location.hash) });
    };
    write();
    addEventListener("hashchange", read);
    const stop = search.subscribe((now, before) => {
      if (now.settings !== before.settings) write();
    });
    return () => {
      removeEventListener("hashchange", read);
      stop();
    };
  }, [search]);
}
