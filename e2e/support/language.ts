import { expect, type Page } from "@playwright/test";
import type { AppPage } from "./app.ts";
import { startLlm, type LlmServer } from "./llm-server.mjs";
import type { Guard } from "./fixtures.ts";

/** A server for the length of a test, which the guard lets be asked. */
export async function withLlm(
  guard: Guard,
  use: (server: LlmServer) => Promise<void>,
  options: Parameters<typeof startLlm>[0] = {},
): Promise<void> {
  const server = await startLlm(options);
  guard.allowOrigin(server.origin);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

/** Models → Language model → Behind an endpoint, as a person does it. */
export async function setUpEndpoint(page: Page, origin: string, model: string, key = ""): Promise<void> {
  await page.getByRole("link", { name: "Models", exact: true }).click();
  await page.getByLabel("Behind an endpoint").check();
  await page.getByLabel("Server", { exact: true }).selectOption("Another server");
  await page.getByLabel("Base URL", { exact: true }).fill(`${origin}/v1`);
  await page.getByLabel("Model", { exact: true }).fill(model);
  if (key !== "") await page.getByLabel("Key, where one is needed").fill(key);
}

/** Back in Compare with the language model as the re-ranker. */
export async function rerankByLlm(page: Page, method = "Listwise, sliding window"): Promise<void> {
  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await page.getByLabel("Re-ranker", { exact: true }).selectOption("Language model");
  await page.getByLabel("Method", { exact: true }).selectOption(method);
}

/** Both lists hold the same chunks: rule R1. */
export async function expectPermutation(app: AppPage): Promise<void> {
  const more = app.page.getByRole("button", { name: /^Show all/ }).first();
  if (await more.isVisible()) await more.click();
  const [before, after] = [await app.rows(app.before), await app.rows(app.after)];
  const ids = (rows: typeof before): string[] => rows.map(({ chunk }) => chunk).toSorted();
  expect(ids(after)).toEqual(ids(before));
  expect(after.map(({ rank }) => rank)).toEqual(after.map((_, i) => i + 1));
}
