import { openPdf } from "#pdf/engine.ts";
import { exposeApi } from "#workers/wire/expose.ts";

/** pdf.js as it comes: open, getTextContent of every page, forget it. Same build, same options, same thread. */
const api = {
  async read(assets: string, bytes: ArrayBuffer): Promise<number> {
    const task = openPdf(bytes, { assets, password: null });
    const pdf = await task.promise;
    const of = pdf.numPages;
    for (let number = 1; number <= of; number += 1) {
      const page = await pdf.getPage(number);
      await page.getTextContent();
      page.cleanup();
    }
    await task.destroy();
    return of;
  },

  /** What most programs make of the items: a line where pdf.js ends one, or a space between any two. */
  async joins(assets: string, bytes: ArrayBuffer): Promise<{ hasEOL: string; spaces: string }> {
    const task = openPdf(bytes, { assets, password: null });
    const pdf = await task.promise;
    let [hasEOL, spaces] = ["", ""];
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number);
      for (const item of (await page.getTextContent()).items) {
        if (!("str" in item)) continue;
        hasEOL += item.str + (item.hasEOL ? "\n" : "");
        spaces += `${item.str} `;
      }
      hasEOL += "\n";
      page.cleanup();
    }
    await task.destroy();
    return { hasEOL, spaces };
  },
};

export type BarePdfApi = typeof api;
exposeApi(api);
