import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";
import type { FilePayload } from "./app.ts";

/** The Evaluate screen as a person finds it. */
export class EvaluatePage {
  readonly page: Page;
  readonly sets: Locator;
  readonly settings: Locator;
  readonly table: Locator;
  readonly recommendation: Locator;
  readonly progress: Locator;
  readonly gains: Locator;

  constructor(page: Page) {
    this.page = page;
    this.sets = page.getByRole("region", { name: "Question sets" });
    this.settings = page.getByRole("region", { name: "Settings to try" });
    this.table = page.getByRole("table", { name: "Results" });
    this.recommendation = page.getByRole("status", { name: "Recommendation" });
    this.progress = page.getByRole("progressbar", { name: "Evaluation" });
    this.gains = page.getByRole("list", { name: "Questions by gain" });
  }

  async open(): Promise<void> {
    await this.page.getByRole("link", { name: "Evaluate" }).click();
    await expect(this.sets).toBeVisible();
  }

  async makeSet(questions: number, seed = 1): Promise<void> {
    await this.sets.getByRole("button", { name: "Make from the documents" }).click();
    await this.page.getByLabel("Number of questions").fill(String(questions));
    await this.page.getByLabel("Seed").fill(String(seed));
    await this.page.getByLabel("Seed").press("Tab");
    await this.page.getByRole("button", { name: "Make questions" }).click();
    await expect(this.sets.getByText(`${questions} questions`)).toBeVisible({ timeout: 30_000 });
  }

  /** Runs the ticked grid to its end. */
  async run(timeout = 60_000): Promise<void> {
    await this.settings.getByRole("button", { name: /^(?:Run|Resume)$/ }).click();
    await expect(this.table).toBeVisible({ timeout });
    await expect(this.settings.getByRole("button", { name: "Run", exact: true })).toBeVisible({ timeout });
    await expect(this.recommendation).not.toBeEmpty();
  }

  /** The numbers of the table by row and metric, in full. */
  async numbers(): Promise<Map<string, Map<string, number>>> {
    const rows = await this.table.locator("tr[data-cell]").evaluateAll((found) =>
      found.map((row) => ({
        cell: (row as HTMLElement).dataset["cell"] ?? "",
        values: [...row.querySelectorAll<HTMLElement>("td[data-metric]")].map(
          ({ dataset }) => [dataset["metric"] ?? "", Number(dataset["value"])] as const,
        ),
      })),
    );
    return new Map(rows.map(({ cell, values }) => [cell, new Map(values)]));
  }

  /** Saves one file of the Export menu and reads it. */
  async export(item: RegExp, row?: string): Promise<{ readonly name: string; readonly text: string }> {
    await this.page.locator("summary", { hasText: "Export" }).click();
    if (row !== undefined) await this.page.getByLabel("Row to export", { exact: true }).selectOption(row);
    const download = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: item }).click();
    const saved = await download;
    return { name: saved.suggestedFilename(), text: readFileSync(await saved.path(), "utf8") };
  }

  async import(files: readonly FilePayload[]): Promise<void> {
    await this.page.getByLabel("Question sets to import").setInputFiles([...files]);
  }
}

/** The first k lines of every question of a run: what a metric cut at k sees. */
export function cutRun(run: string, k: number): string {
  return run
    .split("\n")
    .filter((line) => line !== "" && Number(line.split(" ")[3]) <= k)
    .join("\n");
}
