import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";

/** The page as a person and assistive technology find it (DESIGN §7): roles and names only. */
export class AppPage {
  readonly page: Page;
  readonly library: Locator;
  readonly query: Locator;
  readonly before: Locator;
  readonly after: Locator;
  readonly verdict: Locator;
  readonly fileInput: Locator;

  constructor(page: Page) {
    this.page = page;
    this.library = page.getByRole("list", { name: "Library" });
    this.query = page.getByRole("searchbox", { name: "Ask your documents" });
    this.before = page.getByRole("list", { name: "Before re-ranking" });
    this.after = page.getByRole("list", { name: "After re-ranking" });
    this.verdict = page.getByRole("status", { name: "Verdict" });
    this.fileInput = page.getByLabel("Add documents", { exact: true }).and(page.locator("input[type=file]"));
  }

  async open(path = "./"): Promise<this> {
    await this.page.goto(path);
    await this.ready();
    return this;
  }

  /** Started, and nothing is running. */
  async ready(): Promise<void> {
    await expect(this.page.locator("[data-app-state]").first()).toHaveAttribute("data-app-state", "ready", {
      timeout: 60_000,
    });
  }

  async addSamples(): Promise<void> {
    await this.page.getByRole("button", { name: "Try the sample library" }).click();
    await expect(this.library.getByRole("listitem")).toHaveCount(sampleIndex().length);
    await this.settled();
  }

  /** Every row of the library has ended, in whatever way. */
  async settled(): Promise<void> {
    await expect(
      this.library.locator("li:is([data-state=queued],[data-state=reading],[data-state=embedding])"),
    ).toHaveCount(0, { timeout: 90_000 });
    await this.ready();
  }

  document(name: string | RegExp): Locator {
    return this.library.getByRole("listitem").filter({ hasText: name });
  }

  async ask(question: string): Promise<void> {
    await this.query.fill(question);
    await this.query.press("Enter");
    await this.ready();
    await expect(this.before.getByRole("listitem").first()).toBeVisible();
  }

  async set(label: string, value: string | number): Promise<void> {
    const control = this.page.getByLabel(label, { exact: true });
    const tag = await control.evaluate((element) => element.tagName);
    if (tag === "SELECT") await control.selectOption(String(value));
    else {
      await control.fill(String(value));
      await control.press("Enter");
    }
    await this.ready();
  }

  /** What one list shows, from its data attributes, in order. */
  rows(list: Locator): Promise<Row[]> {
    return list.getByRole("listitem").evaluateAll((items) =>
      items.map((item) => {
        const data = (item as HTMLElement).dataset;
        return {
          chunk: data["chunkId"] ?? "",
          rank: Number(data["rank"]),
          score: data["score"] === "" || data["score"] === undefined ? null : Number(data["score"]),
          document: data["documentId"] ?? "",
          page: data["page"] ?? "",
          delta: data["delta"] === undefined ? null : Number(data["delta"]),
          text: item.textContent ?? "",
        };
      }),
    );
  }
}

export interface Row {
  readonly chunk: string;
  readonly rank: number;
  readonly score: number | null;
  readonly document: string;
  readonly page: string;
  readonly delta: number | null;
  readonly text: string;
}

export interface Question {
  readonly id: string;
  readonly question: string;
  readonly document: string;
  readonly page: number;
  readonly answer: string;
  readonly language: "en" | "zh";
}

export function questions(): Question[] {
  return JSON.parse(readFileSync("public/samples/questions.json", "utf8")) as Question[];
}

export function sampleIndex(): { file: string; pages: number }[] {
  return JSON.parse(readFileSync("public/samples/index.json", "utf8")) as { file: string; pages: number }[];
}
