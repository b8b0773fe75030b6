import { openPdf } from "#pdf/engine.ts";
import { exposeApi } from "#workers/wire/expose.ts";

/** pdf.js as it comes: open, getTextContent of every page, forget it. Same build, same options, same thread. */
const api = {
  async read(assets: string, bytes: ArrayBuffer): Promise<number> {
    const task = openPdf(bytes, assets);
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
};

export type BarePdfApi = typeof api;
exposeApi(api);
