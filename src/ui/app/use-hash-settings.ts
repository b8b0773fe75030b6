import { useEffect } from "react";
import { DEFAULT_SETTINGS } from "#core/model.ts";
import { hashFromSettings, hashOf, linkFromHash, saysSettings, screenFromHash, settingsFromHash } from "./hash.ts";
import { useStores } from "./stores.ts";

/**
 * Keeps the view settings and the URL hash in step; the store starts from the hash in `main.tsx`. A link to a passage
 * stays in the hash until its document opens, so that a reload meanwhile loses nothing, and goes then: whoever copies
 * the address later does not tell which file is open.
 */
export function useHashSettings(): void {
  const { search, reader } = useStores();
  useEffect(() => {
    let link = linkFromHash(location.hash);
    const write = () => {
      const hash = hashOf(screenFromHash(location.hash), search.getState().settings, link);
      if (location.hash.replace(/^#/, "") === hash) return;
      // Replaced, not pushed: Back leaves the page and does not walk through every setting tried.
      history.replaceState(history.state, "", hash === "" ? location.pathname + location.search : `#${hash}`);
    };
    const follow = () => {
      if (link !== null) reader.getState().openPassage(link.id, link.start, link.end, link.textVersion);
    };
    const read = () => {
      link = linkFromHash(location.hash);
      if (link === null || saysSettings(location.hash)) {
        const { retrieval, reranker, index, pool, top } = DEFAULT_SETTINGS;
        const wanted = { retrieval, reranker, index, pool, top, ...settingsFromHash(location.hash) };
        const { settings } = search.getState();
        // Going from screen to screen changes the hash too, and asks nothing anew.
        if (hashFromSettings({ ...settings, ...wanted }) !== hashFromSettings(settings))
          search.getState().change(wanted);
      }
      follow();
      write();
    };
    write();
    addEventListener("hashchange", read);
    const stop = search.subscribe((now, before) => {
      if (now.settings !== before.settings) write();
    });
    const stopReader = reader.subscribe(({ documentId, phase }) => {
      if (link === null || documentId !== link.id || phase === "opening") return;
      link = null;
      write();
    });
    follow();
    return () => {
      removeEventListener("hashchange", read);
      stop();
      stopReader();
    };
  }, [search, reader]);
}
