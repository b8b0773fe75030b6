import { expect, test } from "./support/fixtures.ts";

/** The guard must be able to fail: each test does what is forbidden, sees it noted, and wipes it. */
const foreign = "https://outside.invalid/pixel.png";

test("N1 a page's request to another origin is refused by the policy and noted", async ({ page, guard }) => {
  await page.goto("./");
  const outcome = await page.evaluate((url) => fetch(url).then(String, () => "refused"), foreign);
  expect(outcome).toBe("refused");
  await expect.poll(() => guard.problems.join()).toContain("Content Security Policy");
  guard.forget();
});

test("N1 a worker is bound by the same policy, from its own response", async ({ page, guard, outside }) => {
  await page.goto("./");
  const script = `fetch("${foreign}").then(() => postMessage("went out"), () => postMessage("refused"))`;
  await page.route("**/probe.js", async (route) => {
    // The headers that the host gives to scripts, with a script that tries to get out.
    const real = await route.fetch({ url: new URL("sw.js", page.url()).href });
    await route.fulfill({ response: real, body: script });
  });
  const outcome = await page.evaluate(
    () => new Promise((done) => new Worker("probe.js").addEventListener("message", (event) => done(event.data))),
  );
  expect(outcome).toBe("refused");
  expect(outside.attempts).toEqual([]);
  guard.forget();
});

test("N1 without a policy the same request reaches the recording proxy", async ({ page, guard, outside }) => {
  await page.goto("LICENSE-of-nothing.txt").catch(() => null);
  await page.evaluate((url) => fetch(url, { mode: "no-cors" }).catch(() => null), foreign);
  expect(outside.attempts.join()).toContain("outside.invalid");
  guard.forget();
});
