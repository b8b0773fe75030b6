import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";

/** The page as a person and assistive technology find it (DESIGN §7): roles and names only. */
export class AppPage {
  readonly page: Page;
  readonly library: Locator;
  readonly libraryButton: Locator;
  readonly query: Locator;
  readonly before: Locator;
  readonly after: Locator;
  readonly verdict: Locator;
  readonly fileInput: Locator;
  readonly passwordDialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.library = page.getByRole("list", { name: "Library" });
    this.libraryButton = page.getByRole("banner").getByRole("button", { name: /^\d+ documents?$/ });
    this.query = page.getByRole("searchbox", { name: "Ask your documents" });
    this.before = page.getByRole("list", { name: "Before re-ranking" });
    this.after = page.getByRole("list", { name: "After re-ranking" });
    this.verdict = page.getByRole("status", { name: "Verdict" });
    this.passwordDialog = page.getByRole("dialog", { name: "This PDF is locked" });
    this.fileInput = page.getByLabel("Add documents", { exact: true }).and(page.locator("input[type=file]"));
  }

  async open(path = "./"): Promise<this> {
    await this.page.goto(path);
    await this.ready();
    return this;
  }

  /** Starts the page anew; another hash alone would not. */
  async restart(path = "./"): Promise<void> {
    await this.page.goto("about:blank");
    await this.open(path);
  }

  /** Started, and nothing is running. */
  async ready(): Promise<void> {
    await expect(this.page.locator("[data-app-state]").first()).toHaveAttribute("data-app-state", "ready", {
      timeout: 60_000,
    });
  }

  async addSamples(): Promise<void> {
    await this.page.getByRole("button", { name: "Try the sample library" }).click();
    await this.unfoldLibrary();
    await expect(this.library.getByRole("listitem")).toHaveCount(sampleIndex().length);
    await this.settled();
  }

  /** Below 900 px the library is folded into a button of the header. */
  async unfoldLibrary(): Promise<void> {
    await expect(this.page.locator("#library")).toBeAttached();
    if (!(await this.libraryButton.isVisible())) return;
    await this.libraryButton.click();
    await expect(this.library).toBeVisible();
  }

  async enterPassword(password: string): Promise<void> {
    await this.passwordDialog.getByLabel("Password").fill(password);
    await this.passwordDialog.getByRole("button", { name: "Open" }).click();
  }

  /** Every row of the library has ended, in whatever way. */
  async settled(timeout = 180_000): Promise<void> {
    await expect(
      this.library.locator(
        "li:is([data-state=queued],[data-state=reading],[data-state=recognising],[data-state=embedding])",
      ),
    ).toHaveCount(0, { timeout });
    await this.ready();
  }

  /** A library file goes in, whole; resolves once its documents can be asked. */
  async importLibrary(file: string | FilePayload, documents = sampleIndex().length): Promise<void> {
    await this.chooseLibrary(file);
    await expect(this.library.getByRole("listitem")).toHaveCount(documents, { timeout: 60_000 });
    await this.settled();
    const notice = this.page.locator("[data-notice=imported]");
    await notice.getByRole("button", { name: "Dismiss" }).click();
    await expect(notice).toHaveCount(0);
  }

  /** Chooses a library file and waits for nothing. */
  async chooseLibrary(file: string | FilePayload): Promise<void> {
    await this.page.getByLabel("Library file to import", { exact: true }).setInputFiles(file);
  }

  /** Export library, saved where it is told. */
  async exportTo(path: string): Promise<void> {
    await this.menu("Export library");
    const download = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: "Export library", exact: true }).click();
    await (await download).saveAs(path);
    await this.ready();
  }

  /** Opens the library menu, so that an item of it can be chosen. */
  async menu(item: string): Promise<void> {
    const entry = this.page.getByRole("button", { name: item, exact: true });
    if (await entry.isVisible()) return;
    await this.page.getByLabel("Library menu", { exact: true }).click();
    await expect(entry).toBeVisible();
  }

  document(name: string | RegExp): Locator {
    return this.library.getByRole("listitem").filter({ hasText: name });
  }

  async ask(question: string): Promise<void> {
    await this.query.fill(question);
    await this.query.press("Enter");
    await this.ready();
    // On a narrow screen only one of the lists is there to see.
    await expect(this.before.or(this.after).getByRole("listitem").first()).toBeVisible();
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

export interface FilePayload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
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
