import { questions } from "./support/app.ts";
import { axe } from "./support/axe.ts";
import { expect, test } from "./support/fixtures.ts";

/** Chunk settings: what they would do, and what is done when they are applied. Rules C: src/core/chunk. */

test("CH1 a preview says how many chunks, how large, and where the cuts fall; applied, every document is cut so and answers", async ({
  app,
  page,
}) => {
  const chunks = async (): Promise<number[]> =>
    (await app.library.getByText(/\d+ chunks?/).allTextContents()).map((text) => Number(/(\d+) chunk/.exec(text)?.[1]));
  const before = await chunks();
  const dialog = page.getByRole("dialog", { name: "Chunks" });

  // By keyboard alone.
  await page.getByLabel("Library menu").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Chunk settings" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeVisible();
  const preview = dialog.getByRole("region", { name: "Preview" });
  const numbers = preview.getByRole("status");
  await expect(numbers).toContainText(`${before[0]} chunks of`);
  await expect(dialog.getByRole("button", { name: "In use" })).toBeDisabled();

  await dialog.getByLabel("Strategy").focus();
  await dialog.getByLabel("Strategy").selectOption("recursive");
  await dialog.getByLabel("Size, characters").fill("400");
  await dialog.getByLabel("Size, characters").press("Tab");
  await expect(preview).toHaveAttribute("aria-busy", "false");
  await expect(numbers).not.toContainText(`${before[0]} chunks of`);
  const promised = Number(/^([\d,]+) chunks/.exec((await numbers.textContent()) ?? "")?.[1]?.replaceAll(",", ""));
  await expect(preview.getByRole("img", { name: /^Sizes: / })).toBeVisible();
  // The text on the page is the document's, cut into numbered grounds.
  await expect(preview.getByRole("region", { name: "Cuts on the page" })).toContainText(/pump/i);
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const { violations } = await axe(page).analyze();
    expect(violations, scheme).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light" });

  await dialog.getByRole("button", { name: "Apply: re-chunks 6 documents" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect.poll(async () => (await chunks())[0]).toBe(promised);
  await app.settled();
  const after = await chunks();
  expect(after.every((count, at) => count > (before[at] ?? 0))).toBe(true);

  await app.ask(questions()[0]!.question);
  await expect(app.after.getByRole("listitem").first()).toContainText("pump-manual.pdf");
  // The next visit cuts the same way, and nothing is cut again.
  await page.reload();
  await app.ready();
  await app.settled();
  expect(await chunks()).toEqual(after);
});

test("CH3 a window that becomes narrow while the settings are open keeps them in sight", async ({ app, page }) => {
  await page.getByLabel("Library menu").click();
  await page.getByRole("button", { name: "Chunk settings" }).click();
  const dialog = page.getByRole("dialog", { name: "Chunks" });
  await expect(dialog).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  await app.ready();
  await expect(app.library).toBeHidden();
});

test("CH2 a preview changes nothing: cancelled, the settings in use stay", async ({ app, page }) => {
  await page.getByLabel("Library menu").click();
  await page.getByRole("button", { name: "Chunk settings" }).click();
  const dialog = page.getByRole("dialog", { name: "Chunks" });
  await dialog.getByLabel("Strategy").selectOption("page");
  await expect(dialog.getByRole("status")).toContainText(/^\d+ chunks/);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await app.ready();
  await page.getByLabel("Library menu").click();
  await page.getByRole("button", { name: "Chunk settings" }).click();
  await expect(dialog.getByLabel("Strategy")).toHaveValue("structure");
  await expect(dialog.getByRole("button", { name: "In use" })).toBeDisabled();
});
