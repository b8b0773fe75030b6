import { afterEach, describe, expect, test } from "vitest";
import { isOnDemand, respondOnDemand } from "./on-demand.ts";
import { deleteOlder, install } from "./precache.ts";

const scope = `${location.origin}/on-demand/`;
let online = true;
let body = "core";
let type = "text/javascript";
const around = {
  caches,
  scope,
  fetch: (): Promise<Response> =>
    online
      ? Promise.resolve(new Response(body, { headers: { "Content-Type": type, Vary: "Cookie" } }))
      : Promise.reject(new TypeError("offline")),
};
const get = async (path: string): Promise<string> => (await respondOnDemand(new Request(scope + path), around)).text();

afterEach(async () => {
  [online, body, type] = [true, "core", "text/javascript"];
  for (const name of (await caches.keys()).filter((each) => each.includes("/on-demand/"))) await caches.delete(name);
});

describe("on demand", () => {
  test("OD1 OCR's files and nothing else", () => {
    const asked = ["tesseract/a.js", "tessdata/eng.traineddata.gz", "assets/tesseract.js", ""];
    expect(asked.map((path) => isOnDemand(new Request(scope + path), scope))).toEqual([true, true, false, false]);
  });

  test("OD2 kept once used, also through an update; the network's answer goes first", async () => {
    expect(await get("tesseract/a.js")).toBe("core");
    body = "newer";
    expect(await get("tesseract/a.js")).toBe("newer");
    await install({ build: "b1", entries: [] }, around);
    await install({ build: "b2", entries: [] }, around);
    await deleteOlder("b2", around);
    online = false;
    expect(await get("tesseract/a.js")).toBe("newer");
    await expect(get("tesseract/b.js")).rejects.toThrow("offline");
  });

  test("OD3 the page of a host that answers everything is not kept", async () => {
    type = "text/html";
    await get("tessdata/eng.traineddata");
    online = false;
    await expect(get("tessdata/eng.traineddata")).rejects.toThrow("offline");
  });
});
