import { request as client } from "node:http";
import { expect, test } from "./support/fixtures.ts";

test.use({ storesSite: true });

/** The site as `npm start` serves it. */
test("ST1 isolated on the first visit, without a reload", async ({ page, guard }) => {
  await page.goto("./");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(guard.requests.filter((url) => url.endsWith("/"))).toHaveLength(1);
});

test("ST2 types, policy and ranges", async ({ request }) => {
  const page = await request.get("./");
  expect(page.headers()).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "x-content-type-options": "nosniff",
  });
  expect(page.headers()["content-security-policy"]).toContain("default-src 'none'");
  const script = await request.get("./sw.js");
  expect(script.headers()["content-type"]).toContain("text/javascript");
  expect(script.headers()["content-security-policy"]).toContain("connect-src 'self'");
  const whole = await (await request.get("./icon.svg")).text();
  const part = await request.get("./icon.svg", { headers: { Range: "bytes=5-9" } });
  expect([part.status(), await part.text()]).toEqual([206, whole.slice(5, 10)]);
  const beyond = await request.get("./icon.svg", { headers: { Range: "bytes=999999-" } });
  expect(beyond.status()).toBe(416);
  const again = await request.get("./icon.svg", { headers: { "If-None-Match": page.headers()["etag"] ?? "" } });
  expect(again.status()).toBe(200);
});

for (const path of ["/../package.json", "/%2e%2e/package.json", "/..%2fpackage.json", "/%00", "/%zz", "/nowhere"]) {
  test(`ST3 nothing outside dist/: ${path}`, async ({ baseURL }) => {
    const { hostname, port } = new URL(baseURL ?? "");
    // Browsers and fetch() tidy such paths up before they send them; a raw request does not.
    const status = await new Promise((done, fail) => {
      client({ hostname, port, path }, (response) => done(response.resume().statusCode))
        .on("error", fail)
        .end();
    });
    expect([400, 404]).toContain(status);
  });
}

test("ST4 only reads are answered", async ({ request }) => {
  expect((await request.post("./")).status()).toBe(405);
  const head = await request.head("./");
  expect([head.status(), (await head.body()).length]).toEqual([200, 0]);
});
